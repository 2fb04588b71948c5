/** The version of the wire that this code speaks. A gateway and a desktop with different numbers do not talk. */
export const PROTOCOL_VERSION = 1;
