/** Deterministic chance: the same day gives the same people, so that a second run of it changes nothing. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  pick<T>(values: readonly T[]): T;
}

/** A 32-bit linear congruential generator, seeded by a text (FNV-1a). Good enough for stories, for nothing else. */
export function createChance(seed: string): Chance {
  let state = 2_166_136_261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}

export const firstNames = [
  'Amina',
  'Boris',
  'Chiara',
  'Deniz',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Katya',
  'Luis',
  'Mei',
  'Noor',
  'Olga',
  'Pavel',
  'Quentin',
  'Rosa',
  'Samir',
  'Tove',
  'Uma',
  'Viktor',
  'Wanda',
  'Xenia',
  'Yusuf',
  'Zoe',
] as const;
export const lastNames = [
  'Almeida',
  'Berg',
  'Costa',
  'Dahl',
  'Eriksen',
  'Fischer',
  'García',
  'Horvat',
  'Ibrahim',
  'Jansen',
  'Kowalski',
  'Lopez',
  'Meyer',
  'Novak',
  'Okafor',
  'Petrov',
  'Rossi',
  'Silva',
  'Tanaka',
  'Usman',
  'Vogel',
  'Weber',
  'Yilmaz',
  'Zhang',
] as const;

/** What people write about, and what colleagues answer. */
export const stories = [
  {
    category: 'delivery',
    messages: ['Hi, where is my parcel?', 'The tracking has not moved since Monday.', 'Order 48213, thank you.'],
    answers: ['Let me look that up for you.', 'It left the depot this morning and arrives tomorrow before noon.'],
    summary: 'Parcel was late, arrives tomorrow.',
  },
  {
    category: 'invoice',
    messages: ['I was charged twice this month.', 'The second one is from the 14th.'],
    answers: ['I am sorry about that. The second charge is being refunded.', 'You will see it within three days.'],
    summary: 'Double charge, refunded.',
  },
  {
    category: 'booking',
    messages: ['Can I move my appointment to Friday?', 'Afternoon would be best.'],
    answers: ['Friday at 15:30 is free, shall I book it?', 'Done, see you on Friday.'],
    summary: 'Appointment moved to Friday 15:30.',
  },
  {
    category: 'product',
    messages: ['Does the blue jacket come in XL?', 'And is it waterproof?'],
    answers: ['Yes, XL is in stock, and it is waterproof to 10,000 mm.'],
    summary: 'Asked about the blue jacket, XL.',
  },
  {
    category: 'login',
    messages: ['I cannot log in any more', 'It says my password is wrong but I just changed it'],
    answers: ['I have sent you a new link to set the password.', 'Does it work now?'],
    summary: 'Password reset.',
  },
] as const;
