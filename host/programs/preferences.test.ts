import { describe, expect, it } from 'vitest';
import { identitiesIn, literal, preferenceOf, withPreference } from './preferences.js';

const text = `// Mozilla User Preferences

user_pref("mail.account.account1.identities", "id1, id3");
user_pref("mail.identity.id1.useremail", "elli@sigill.example");
user_pref("mail.identity.id2.useremail", "of-no-account@sigill.example");
user_pref("mail.identity.id3.fullName", "(no address) \\");");
user_pref("mail.identity.id1.sign_mail", true);
`;

describe('the preferences of a Thunderbird profile', () => {
  it('the senders are those that an account uses', () => {
    expect(identitiesIn(text)).toEqual([{ id: 'id1', address: 'elli@sigill.example' }]);
    expect(identitiesIn('user_pref("mail.account.a.identities", 7);\nnonsense(')).toEqual([]);
  });

  it('a value is set at its place or at the end, and taken back without a trace', () => {
    const name = 'mail.identity.id1.signing_cert_name';
    const set = withPreference(text, name, literal('Elli "E" \\ Esimerkki'));
    expect(preferenceOf(set, name)).toBe('"Elli \\"E\\" \\\\ Esimerkki"');
    expect(withPreference(set, name, undefined)).toBe(text);
    const changed = withPreference(text, 'mail.identity.id1.sign_mail', 'false');
    expect(changed).toBe(text.replace('sign_mail", true', 'sign_mail", false'));
    expect(withPreference(changed, 'mail.identity.id1.sign_mail', 'true')).toBe(text);
  });

  it('of two lines with one name the last counts', () => {
    const twice = 'user_pref("a", 1);\nuser_pref("a", 2);\n';
    expect(preferenceOf(twice, 'a')).toBe('2');
    expect(withPreference(twice, 'a', '3')).toBe('user_pref("a", 1);\nuser_pref("a", 3);\n');
  });
});
