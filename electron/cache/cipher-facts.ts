/** What protects the open file, as the cipher itself answers: nothing here is written down from the documentation. */
import type Sqlite from 'better-sqlite3';

export type CipherFacts = {
  cipher: string;
  /** Rounds of PBKDF2 for a passphrase; the raw key that is used here takes none. */
  kdfRounds: number;
  kdfAlgorithm: 'SHA1' | 'SHA256' | 'SHA512' | 'unknown';
  /** Whether every page is authenticated, and by what. */
  hmac: boolean;
  hmacAlgorithm: 'SHA1' | 'SHA256' | 'SHA512' | 'unknown';
  /** Version of the format. */
  format: number;
  /** Bytes at the start of the file that are not encrypted. */
  plainHeader: number;
  /** Where temporary tables lie: 2 is memory. */
  tempStore: number;
  secureDelete: number;
  library: string;
};

const ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const;

export function readCipherFacts(db: Sqlite.Database): CipherFacts {
  const of = (name: string): number =>
    Number(db.prepare("SELECT sqlite3mc_config('sqlcipher', ?)").pluck().get(name));
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }));
  return {
    cipher: String(db.pragma('cipher', { simple: true })),
    kdfRounds: of('kdf_iter'),
    kdfAlgorithm: ALGORITHMS[of('kdf_algorithm')] ?? 'unknown',
    hmac: of('hmac_use') === 1,
    hmacAlgorithm: ALGORITHMS[of('hmac_algorithm')] ?? 'unknown',
    format: of('legacy'),
    plainHeader: of('plaintext_header_size'),
    tempStore: pragma('temp_store'),
    secureDelete: pragma('secure_delete'),
    library: String(db.prepare('SELECT sqlite3mc_version()').pluck().get()),
  };
}
