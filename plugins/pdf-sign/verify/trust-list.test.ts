import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { anchorsOf, readTrustList } from './trust-list.js';

const types = 'http://uri.etsi.org/TrstSvc/Svctype';
const states = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus';

describe('an EU trusted list', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());

  const base64 = (person: Person): string =>
    Buffer.from(pki.der(person)).toString('base64').replaceAll(/.{60}/g, '$&\n      ');
  const service = (type: string, status: string, person: Person, history = ''): string => `
    <TSPService>
      <ServiceInformation>
        <ServiceTypeIdentifier>${types}/${type}</ServiceTypeIdentifier>
        <ServiceName><Name xml:lang="en">Service of ${person} &amp; others</Name><Name xml:lang="fi">Palvelu</Name></ServiceName>
        <ServiceDigitalIdentity>
          <DigitalId><X509Certificate>
      ${base64(person)}
          </X509Certificate></DigitalId>
          <DigitalId><X509SubjectName>CN=Test ${person}</X509SubjectName></DigitalId>
        </ServiceDigitalIdentity>
        <ServiceStatus>${states}/${status}</ServiceStatus>
      </ServiceInformation>
      <ServiceHistory>${history}</ServiceHistory>
    </TSPService>`;
  const list = (services: string, prefix = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<!-- a list for tests -->
<TrustServiceStatusList${prefix} xmlns="http://uri.etsi.org/02231/v2#">
  <SchemeInformation><SchemeTerritory>FI</SchemeTerritory><ListIssueDateTime>2026-01-02T03:04:05Z</ListIssueDateTime>
    <NextUpdate><dateTime>2026-07-02T03:04:05Z</dateTime></NextUpdate></SchemeInformation>
  <TrustServiceProviderList><TrustServiceProvider>
    <TSPInformation><TSPName><Name xml:lang="en">Test authority</Name></TSPName></TSPInformation>
    <TSPServices>${services}</TSPServices>
  </TrustServiceProvider></TrustServiceProviderList>
</TrustServiceStatusList>`;
  const read = (text: string): ReturnType<typeof readTrustList> => readTrustList(new TextEncoder().encode(text));

  it('gives its services with name, provider, type, status and certificates', () => {
    expect(read(list(service('CA/QC', 'granted', 'issuing')))).toEqual({
      territory: 'FI',
      issued: '2026-01-02T03:04:05Z',
      nextUpdate: '2026-07-02T03:04:05Z',
      services: [
        {
          type: `${types}/CA/QC`,
          status: `${states}/granted`,
          name: 'Service of issuing & others',
          provider: 'Test authority',
          certificates: [pki.der('issuing')],
        },
      ],
    });
  });

  it('gives anchors for what is granted now and issues qualified certificates or timestamps', () => {
    const past = `<ServiceHistoryInstance><ServiceTypeIdentifier>${types}/CA/QC</ServiceTypeIdentifier>
      <ServiceStatus>${states}/granted</ServiceStatus></ServiceHistoryInstance>`;
    const found = read(
      list(
        service('CA/QC', 'granted', 'issuing') +
          service('CA/QC', 'withdrawn', 'stranger', past) +
          service('TSA/QTST', 'granted', 'tsa') +
          service('CA/PKC', 'granted', 'root'),
      ),
    );
    expect(found && anchorsOf(found)).toEqual([
      { der: pki.der('issuing'), source: 'file' },
      { der: pki.der('tsa'), source: 'file' },
    ]);
  });

  it('is read in UTF-16 too', () => {
    const text = `\ufeff${list(service('CA/QC', 'granted', 'issuing')).replace('UTF-8', 'UTF-16')}`;
    expect(readTrustList(Buffer.from(text, 'utf16le'))?.services).toHaveLength(1);
  });

  it('is none when it is other XML, no XML, cut, or wants to be expanded', () => {
    const whole = list(service('CA/QC', 'granted', 'issuing'));
    const bomb = `<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>${whole.replace('Test authority', '&c;').replace(/<\?.*?\?>/, '')}`;
    for (const text of ['', 'hello', '<html/>', whole.slice(0, -30), whole.replace('02231/v2#', 'other#'), bomb]) {
      expect(read(text), text.slice(0, 40)).toBeUndefined();
    }
  });
});
