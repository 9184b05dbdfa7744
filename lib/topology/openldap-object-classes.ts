import { schemaOrder } from './openldap-schema';

/** Names of object classes by the schema that brings them, as slapd of Debian 12 ships them; those of slapd itself under ''. */
const OBJECT_CLASSES: Readonly<Record<string, string>> = {
  '': `
LDAProotDSE OpenLDAProotDSE alias dynamicObject extensibleObject olcBackendConfig olcConfig olcDatabaseConfig
olcFrontendConfig olcGlobal olcIncludeFile olcLdifConfig olcMdbBkConfig olcMdbConfig olcModuleList
olcMonitorConfig olcOverlayConfig olcSchemaConfig referral subentry subschema top
`,
  collective: `

`,
  corba: `
corbaContainer corbaObject corbaObjectReference
`,
  core: `
applicationEntity applicationProcess cRLDistributionPoint certificationAuthority certificationAuthority-V2
country dSA dcObject deltaCRL device dmd groupOfNames groupOfUniqueNames labeledURIObject locality
organization organizationalPerson organizationalRole organizationalUnit person pkiCA pkiUser residentialPerson
simpleSecurityObject strongAuthenticationUser uidObject userSecurityInformation
`,
  cosine: `
RFC822localPart account dNSDomain document documentSeries domain domainRelatedObject friendlyCountry
newPilotPerson pilotDSA pilotOrganization pilotPerson qualityLabelledData room
`,
  dsee: `
changeLogEntry
`,
  duaconf: `
DUAConfigProfile
`,
  dyngroup: `
dgIdentityAux groupOfURLs
`,
  inetorgperson: `
inetOrgPerson
`,
  java: `
javaContainer javaMarshalledObject javaNamingReference javaObject javaSerializedObject
`,
  misc: `
inetLocalMailRecipient nisMailAlias
`,
  namedobject: `
namedObject namedPolicy
`,
  nis: `
bootableDevice ieee802Device ipHost ipNetwork ipProtocol ipService nisMap nisNetgroup nisObject oncRpc
posixAccount posixGroup shadowAccount
`,
  openldap: `
OpenLDAPdisplayableObject OpenLDAPorg OpenLDAPou OpenLDAPperson
`,
  pmi: `
attCertCRLDistributionPt pmiAA pmiDelegationPath pmiSOA pmiUser privilegePolicy protectedPrivilegePolicy
`,
};

/** Matching rules of slapd of Debian 12 (`matchingRules` of its subschema). */
export const OPENLDAP_MATCHING_RULES: ReadonlySet<string> = words(`
UUIDMatch UUIDOrderingMatch bitStringMatch booleanMatch caseExactIA5Match caseExactIA5SubstringsMatch
caseExactMatch caseExactOrderingMatch caseExactSubstringsMatch caseIgnoreIA5Match caseIgnoreIA5SubstringsMatch
caseIgnoreListMatch caseIgnoreListSubstringsMatch caseIgnoreMatch caseIgnoreOrderingMatch
caseIgnoreSubstringsMatch certificateExactMatch certificateListExactMatch distinguishedNameMatch
generalizedTimeMatch generalizedTimeOrderingMatch integerBitAndMatch integerBitOrMatch
integerFirstComponentMatch integerMatch integerOrderingMatch numericStringMatch numericStringOrderingMatch
numericStringSubstringsMatch objectIdentifierFirstComponentMatch objectIdentifierMatch octetStringMatch
octetStringOrderingMatch octetStringSubstringsMatch rdnMatch telephoneNumberMatch
telephoneNumberSubstringsMatch uniqueMemberMatch
`);

/** Syntaxes of slapd of Debian 12 (`ldapSyntaxes` of its subschema). */
export const OPENLDAP_SYNTAXES: ReadonlySet<string> = new Set(
  `
1.2.36.79672281.1.5.0 1.2.840.113549.1.8.1.1 1.3.6.1.1.1.0.0 1.3.6.1.1.1.0.1 1.3.6.1.1.16.1
1.3.6.1.4.1.1466.115.121.1.10 1.3.6.1.4.1.1466.115.121.1.11 1.3.6.1.4.1.1466.115.121.1.12
1.3.6.1.4.1.1466.115.121.1.14 1.3.6.1.4.1.1466.115.121.1.15 1.3.6.1.4.1.1466.115.121.1.22
1.3.6.1.4.1.1466.115.121.1.24 1.3.6.1.4.1.1466.115.121.1.26 1.3.6.1.4.1.1466.115.121.1.27
1.3.6.1.4.1.1466.115.121.1.28 1.3.6.1.4.1.1466.115.121.1.34 1.3.6.1.4.1.1466.115.121.1.36
1.3.6.1.4.1.1466.115.121.1.38 1.3.6.1.4.1.1466.115.121.1.39 1.3.6.1.4.1.1466.115.121.1.4
1.3.6.1.4.1.1466.115.121.1.40 1.3.6.1.4.1.1466.115.121.1.41 1.3.6.1.4.1.1466.115.121.1.44
1.3.6.1.4.1.1466.115.121.1.45 1.3.6.1.4.1.1466.115.121.1.49 1.3.6.1.4.1.1466.115.121.1.5
1.3.6.1.4.1.1466.115.121.1.50 1.3.6.1.4.1.1466.115.121.1.52 1.3.6.1.4.1.1466.115.121.1.6
1.3.6.1.4.1.1466.115.121.1.7 1.3.6.1.4.1.1466.115.121.1.8 1.3.6.1.4.1.1466.115.121.1.9
1.3.6.1.4.1.4203.666.11.10.2.1
`
    .trim()
    .split(/\s+/),
);

/** Object classes, in lower case, that slapd knows with these schemas. */
export function shippedObjectClasses(schemas: readonly string[]): ReadonlySet<string> {
  return words(['', 'core', ...schemaOrder(schemas)].map((name) => OBJECT_CLASSES[name] ?? '').join(' '));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().trim().split(/\s+/));
}
