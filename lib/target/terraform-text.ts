/**
 * Text as a Terraform literal. Terraform reads `${` and `%{` in every string of cdk.tf.json as the start of a template;
 * cdktf leaves them alone in plain strings.
 */
export function terraformLiteral(text: string): string {
  if (!text.includes('${') && !text.includes('%{')) return text;
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}

/** Plain ASCII, the usual case, is in normal form. */
const PLAIN = /^[\t\n\r -~]*$/;

/**
 * Why Terraform would not keep a text byte for byte; undefined when it does. Terraform puts every string into Unicode
 * normal form C, and JSON has no halves of surrogate pairs.
 */
export function changedByTerraform(text: string): string | undefined {
  if (PLAIN.test(text)) return undefined;
  if (text.includes('\0')) return 'it holds a NUL';
  if (/\p{Surrogate}/u.test(text)) return 'it holds half of a surrogate pair';
  return text.normalize('NFC') === text ? undefined : 'it is not in Unicode normal form C';
}
