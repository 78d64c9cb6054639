import fc from 'fast-check';

/** Zones whose clocks differ in every way that matters: none, half hours, a daily hour, midnight jumps, 30 minutes. */
export const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York', 'America/Sao_Paulo', 'America/Havana',
  'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/Berlin'];

export const zone = fc.constantFrom(...ZONES);

/** Instants of 2005 to 2035, half of them near a clock change of some zone. */
export const instant = fc.oneof(
  fc.integer({min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1)}),
  fc.tuple(fc.constantFrom('2026-03-08T07:00Z', '2026-11-01T06:00Z', '2018-11-04T03:00Z', '2018-02-18T02:00Z',
    '2024-11-03T05:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z', '2011-12-30T10:00Z', '2026-03-29T01:00Z'),
  fc.integer({min: -200_000_000, max: 200_000_000})).map(([text, shift]) => Date.parse(text) + shift),
);

/** Any text, hostile ones and halves of surrogate pairs included. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({unit: 'binary'}),
  fc.array(fc.integer({min: 0, max: 0xffff}), {maxLength: 6}).map((codes) => String.fromCharCode(...codes)),
  fc.string({unit: fc.constantFrom(..."\\,e'\"=+-@&#%\t\r\n ;\u00a0\u200b\u2028\u000b#")}),
  fc.constantFrom('', '<img src=x onerror=alert(1)>', `O'Brien, "Bob"`, '\\', '\\e', '\\u0041', '+1', '100%', '\ud800'),
);

export function at(text: string): number {
  return Date.parse(text);
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}
