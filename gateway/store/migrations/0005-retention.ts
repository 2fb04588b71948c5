/** What a workspace lays down about its data: `retention` (one row, id empty), legal `hold`s, and `breach` notices of the gateway. */
export const retention = `
CREATE TABLE rules (
  ws INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('retention', 'hold', 'breach')),
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (ws, kind, id)
) STRICT, WITHOUT ROWID;
`;
