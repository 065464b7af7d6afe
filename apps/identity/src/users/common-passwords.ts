// Those of the widely published lists of most used passwords that are long enough to pass the length rule.
const LIST = `
  password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 123123123
  87654321 987654321 11111111 00000000 12341234 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwertyuiop qwerty123 qwerty12
  qwer1234 asdfghjk asdfghjkl zxcvbnm1 zaq12wsx iloveyou iloveyou1 sunshine princess football baseball superman
  batman123 trustno1 starwars whatever michelle jennifer computer internet corvette mercedes maverick samantha
  welcome1 welcome123 letmein1 letmein123 changeme changeme1 admin123 admin1234 administrator abcd1234 abc12345
  abcdefgh monkey123 dragon123 master123 shadow123 hello123 hello1234 charlie1 jordan23 liverpool chelsea1 arsenal1
  password! passwort contraseña motdepasse secret123 test1234 testtest tinkerbell snowball pokemon1 killer123
  summer2024 summer2025 winter2024 winter2025 spring2025 company123 default1 football1 blink182 1234qwer q1w2e3r4
`;

/** Passwords that are refused, lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(LIST.trim().split(/\s+/));
