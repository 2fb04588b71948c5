/** The end of a workspace (`wipe_at` null: it was taken back), and devices that were told to wipe themselves, with their receipts. */
export const termination = `
CREATE TABLE terminations (
  ws INTEGER PRIMARY KEY,
  wipe_at INTEGER,
  state TEXT NOT NULL
) STRICT;
ALTER TABLE devices ADD COLUMN wipe_asked_at INTEGER;
ALTER TABLE devices ADD COLUMN wipe_asked_by TEXT;
ALTER TABLE devices ADD COLUMN wiped_at INTEGER;
ALTER TABLE devices ADD COLUMN wipe_receipt TEXT;
`;
