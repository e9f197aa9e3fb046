/** Authorities of the simulated cards (`testCa` of core/sim) that the server can answer for. */
export const simulated = ['citizen', 'organisation', 'siths-person', 'siths-hsa', 'siths-type-1', 'general'] as const;

const authorities: readonly string[] = ['root', 'issuing', 'stranger', ...simulated.map((name) => `simulated-${name}`)];

/** openssl's configuration of the test authorities; `site` is where their server listens. */
export const configuration = (site: string): string => `
[req]
distinguished_name = dn
prompt = no
utf8 = yes
[dn]
CN = replaced

${authorities.map(authority).join('\n')}

[any]
countryName = optional
organizationName = optional
commonName = supplied

[ca_root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash

[ca_issuing]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:${site}/ocsp/root, caIssuers;URI:${site}/certificates/root
crlDistributionPoints = URI:${site}/crl/root

[signer]
keyUsage = critical, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:${site}/ocsp/issuing, caIssuers;URI:${site}/certificates/issuing
crlDistributionPoints = URI:${site}/crl/issuing

[crl_only]
keyUsage = critical, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:${site}/crl/issuing

[wrong_use]
keyUsage = critical, keyEncipherment
authorityKeyIdentifier = keyid

[tsa]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:${site}/ocsp/issuing, caIssuers;URI:${site}/certificates/issuing
crlDistributionPoints = URI:${site}/crl/issuing

[responder]
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
authorityKeyIdentifier = keyid

[tsa_config]
serial = tsa.serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.2.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

const authority = (name: string): string => `
[${name}]
database = ${name}.index
serial = ${name}.serial
new_certs_dir = .
certificate = ${name}.crt
private_key = ${name}.key
default_md = sha256
default_crl_days = 7
policy = any
unique_subject = no
copy_extensions = none
utf8 = yes
`;
