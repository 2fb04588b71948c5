/** What a command changed, so that its user can take it back: JSON of `Undoable` (store/commands.ts), null when there is nothing to take back. */
export const undo = `
ALTER TABLE commands ADD COLUMN undo TEXT;
`;
