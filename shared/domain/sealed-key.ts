/** A key as a file may hold it: encrypted under another one, or under one made from a passphrase. Byte strings are base64. */
import { z } from 'zod';

export const KdfParameters = z.object({
  name: z.literal('argon2id'),
  /** The upper bounds keep a tampered file from taking the machine's memory. */
  memoryKiB: z.number().int().min(19_456).max(2_097_152),
  iterations: z.number().int().min(1).max(64),
  parallelism: z.number().int().min(1).max(16),
  salt: z.base64(),
});
export type KdfParameters = z.infer<typeof KdfParameters>;

/** AES-256-GCM: nonce, tag, ciphertext. */
export const SealedKey = z.object({ nonce: z.base64(), tag: z.base64(), data: z.base64() });
export type SealedKey = z.infer<typeof SealedKey>;
