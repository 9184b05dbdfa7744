import { readDefinition } from './schema-definition';

/**
 * Names of attributes by the schema that brings them, as slapd of Debian 12 ships them in /etc/ldap/schema; those of slapd
 * itself under ''. Without msuser, which redefines what Active Directory means by names of others.
 */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  '': `
aliasedEntryName aliasedObjectName altServer attributeTypes cn commonName contextCSN createTimestamp
creatorsName description distinguishedName dynamicSubtrees entryCSN entryDN entryTtl entryUUID gidNumber
hasSubordinates labeledURI ldapSyntaxes matchingRuleUse matchingRules modifiersName modifyTimestamp name
namingContexts objectClass objectClasses pKCS8PrivateKey pwdLastSuccess ref seeAlso structuralObjectClass
subschemaSubentry supportedControl supportedExtension supportedFeatures supportedLDAPVersion
supportedSASLMechanisms uid uidNumber userPassword userid vendorName vendorVersion
`,
  core: `
associatedDomain authorityRevocationList businessCategory c cACertificate certificateRevocationList
countryName crossCertificatePair dc deltaRevocationList destinationIndicator dmdName dnQualifier
domainComponent email emailAddress enhancedSearchGuide facsimileTelephoneNumber fax generationQualifier
givenName gn houseIdentifier initials internationaliSDNNumber knowledgeInformation l localityName mail member
o organizationName organizationalUnitName ou owner physicalDeliveryOfficeName pkcs9email postOfficeBox
postalAddress postalCode preferredDeliveryMethod presentationAddress protocolInformation pseudonym
registeredAddress rfc822Mailbox roleOccupant searchGuide serialNumber sn st stateOrProvinceName street
streetAddress supportedAlgorithms supportedApplicationContext surname telephoneNumber
teletexTerminalIdentifier telexNumber title uniqueMember userCertificate x121Address x500UniqueIdentifier
`,
  collective: `
c-FacsimileTelephoneNumber c-InternationalISDNNumber c-PhysicalDeliveryOfficeName c-PostOfficeBox
c-PostalAddress c-PostalCode c-TelephoneNumber c-TelexNumber c-l c-o c-ou c-st c-street
`,
  corba: `
corbaIor corbaRepositoryId
`,
  cosine: `
aRecord associatedName audio buildingName cNAMERecord co dITRedirect dSAQuality documentAuthor
documentIdentifier documentLocation documentPublisher documentTitle documentVersion drink favouriteDrink
friendlyCountryName homePhone homePostalAddress homeTelephoneNumber host info janetMailbox mDRecord mXRecord
mailPreferenceOption manager mobile mobileTelephoneNumber nSRecord organizationalStatus otherMailbox pager
pagerTelephoneNumber personalSignature personalTitle photo roomNumber sOARecord secretary singleLevelQuality
subtreeMaximumQuality subtreeMinimumQuality textEncodedORAddress uniqueIdentifier userClass
`,
  dsee: `
changeNumber changeTime changeType changes deleteOldRdn newRdn newSuperior nsUniqueId targetDn targetUniqueId
`,
  duaconf: `
attributeMap authenticationMethod bindTimeLimit credentialLevel defaultSearchBase defaultSearchScope
defaultServerList dereferenceAliases followReferrals objectclassMap preferredServerList profileTTL
searchTimeLimit serviceAuthenticationMethod serviceCredentialLevel serviceSearchDescriptor
`,
  dyngroup: `
dgAuthz dgIdentity dgMemberOf memberURL
`,
  inetorgperson: `
carLicense departmentNumber displayName employeeNumber employeeType jpegPhoto preferredLanguage userPKCS12
userSMIMECertificate
`,
  java: `
javaClassName javaClassNames javaCodebase javaDoc javaFactory javaReferenceAddress javaSerializedData
`,
  misc: `
mailHost mailLocalAddress mailRoutingAddress rfc822MailMember
`,
  namedobject: `

`,
  nis: `
bootFile bootParameter gecos homeDirectory ipHostNumber ipNetmaskNumber ipNetworkNumber ipProtocolNumber
ipServicePort ipServiceProtocol loginShell macAddress memberNisNetgroup memberUid nisMapEntry nisMapName
nisNetgroupTriple oncRpcNumber shadowExpire shadowFlag shadowInactive shadowLastChange shadowMax shadowMin
shadowWarning
`,
  openldap: `

`,
  pmi: `
aACertificate attributeAuthorityRevocationList attributeCertificateAttribute
attributeCertificateRevocationList attributeDescriptorCertificate delegationPath privPolicy protPrivPolicy
role xmlPrivPolicy xmlPrivilegeInfo
`,
};

/** Schemas that build on others, which come first and are loaded with them. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  inetorgperson: ['cosine'],
  namedobject: ['cosine'],
  nis: ['cosine'],
  openldap: ['cosine', 'inetorgperson'],
};

/** Names of the schemas that slapd ships, sorted. */
export const OPENLDAP_SCHEMAS: readonly string[] = Object.keys(ATTRIBUTES).filter((name) => name !== '');

/** Schemas in the order in which slapd takes them: each after those that it needs. Core, which is always there, is left out. */
export function schemaOrder(names: readonly string[]): readonly string[] {
  const ordered = new Set<string>();
  for (const name of names) for (const one of [...(NEEDS[name] ?? []), name]) ordered.add(one);
  ordered.delete('core');
  return [...ordered];
}

/** Attributes, in lower case, that slapd knows with these schemas. */
export function shippedAttributes(schemas: readonly string[]): ReadonlySet<string> {
  const names = ['', 'core', ...schemaOrder(schemas)].flatMap((name) => (ATTRIBUTES[name] ?? '').trim().split(/\s+/));
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Attributes, in lower case, that slapd knows with these schemas and definitions (`attributeTypes: ( OID NAME … )`). */
export function knownAttributes(schemas: readonly string[], definitions: readonly string[]): ReadonlySet<string> {
  const own = definitions
    .map(readDefinition)
    .flatMap((one) => ('problem' in one || one.kind !== 'attributeTypes' ? [] : [one.oid, ...one.names]));
  return new Set([...shippedAttributes(schemas), ...own.map((name) => name.toLowerCase())]);
}
