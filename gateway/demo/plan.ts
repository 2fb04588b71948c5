/** Which of the 200 conversations is in what state, and when somebody wrote there last. */
import { DAY, HOUR, MINUTE } from '../../shared/domain/time.ts';
import { randomOf } from '../providers/simulator/random.ts';
import type { Random } from '../providers/simulator/random.ts';
import { CAST_SIZE, LONG_MEMBER } from './cast.ts';

export type AgentKey = 'maya' | 'tom' | 'yuki';

export type ConversationPlan = {
  index: number;
  status: 'open' | 'snoozed' | 'closed';
  /** Who has it now; null: in the queue. */
  assignee: AgentKey | null;
  /** Who answered in it. */
  agent: AgentKey;
  /** Milliseconds before now of the last message. */
  age: number;
  /** About how many messages. */
  length: number;
  /** The customer wrote last and waits. */
  waiting: boolean;
  /** Nobody has looked at the last messages yet. */
  unread: boolean;
};

/** Open ones are young, closed ones old, as in any inbox that is looked after. */
export function planConversations(seed: number): ConversationPlan[] {
  const random = randomOf(seed, 'plan');
  return Array.from({ length: CAST_SIZE }, (_, index) => {
    if (index === LONG_MEMBER) return longPlan(index);
    const agent: AgentKey = random.pick(['maya', 'maya', 'tom', 'yuki']);
    const slot = (index * 13) % 20;
    const length = lengthOf(random);
    const waiting = random.chance(0.72);
    if (slot < 6) {
      const unread = waiting && random.chance(0.8);
      return {
        index,
        status: 'open',
        assignee: null,
        agent,
        age: ageOfQueue(random),
        length,
        waiting,
        unread,
      };
    }
    if (slot < 11) {
      const assignee: AgentKey = slot < 9 ? 'maya' : agent;
      const unread = waiting && random.chance(0.55);
      return {
        index,
        status: 'open',
        assignee,
        agent: assignee,
        age: ageOfOpen(random),
        length,
        waiting,
        unread,
      };
    }
    if (slot === 11) {
      const age = random.int(DAY, 6 * DAY);
      return { index, status: 'snoozed', assignee: agent, agent, age, length, waiting: false, unread: false };
    }
    const age = random.int(DAY, 75 * DAY);
    const assignee = random.chance(0.8) ? agent : null;
    return { index, status: 'closed', assignee, agent, age, length, waiting: false, unread: false };
  });
}

/** A year and a half of a wholesale customer: for scrolling. */
function longPlan(index: number): ConversationPlan {
  return {
    index,
    status: 'open',
    assignee: 'maya',
    agent: 'maya',
    age: 14 * MINUTE,
    length: 1_540,
    waiting: true,
    unread: true,
  };
}

/** From 3 to 60, most between 6 and 20. */
function lengthOf(random: Random): number {
  if (random.chance(0.12)) return random.int(3, 5);
  return random.chance(0.16) ? random.int(24, 60) : random.int(6, 20);
}

/** Some of the queue sit right at the end of the 24-hour window. */
function ageOfQueue(random: Random): number {
  if (random.chance(0.15)) return 24 * HOUR - random.int(6, 80) * MINUTE;
  return random.chance(0.35) ? random.int(1, 55) * MINUTE : random.int(1, 60) * HOUR;
}

function ageOfOpen(random: Random): number {
  if (random.chance(0.3)) return random.int(2, 59) * MINUTE;
  return random.chance(0.7) ? random.int(1, 23) * HOUR : random.int(1, 9) * DAY;
}
