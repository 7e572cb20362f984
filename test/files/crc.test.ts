import { expect, it } from 'vitest';
import { utf8 } from '../../src/files/bytes.ts';
import { crc32, crc32c } from '../../src/files/crc.ts';

it('checksums of known texts', () => {
  expect(crc32(utf8('123456789')).toString(16)).toBe('cbf43926');
  expect(crc32c(utf8('123456789')).toString(16)).toBe('e3069283');
  expect([crc32(utf8('')), crc32c(utf8(''))]).toEqual([0, 0]);
  // RFC 3720, appendix B.4
  expect(crc32c(new Uint8Array(32)).toString(16)).toBe('8a9136aa');
  expect(crc32c(new Uint8Array(32).fill(255)).toString(16)).toBe('62a8ab43');
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)).toString(16)).toBe('46dd794e');
});
