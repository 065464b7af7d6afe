import type { ScoringModel } from './scoring-model.js';

/** Income is per month, in the tenant's currency. */
export const BROKER_MODEL: ScoringModel = {
  key: 'broker',
  grades: [],
  components: [
    {
      key: 'financial',
      label: 'Financial',
      cap: 60,
      floor: 0,
      rules: [
        {
          fact: 'monthlyIncome',
          label: 'Monthly income',
          steps: 'atLeast',
          points: [[3_000_000, 40], [2_000_000, 32], [1_000_000, 20], [500_000, 10]],
        },
        {
          // A clean record has no debt that would have to be accepted.
          firstOf: [
            { fact: 'cleanRecord', label: 'Clean credit record', when: true, points: 20 },
            { fact: 'debtAccepted', label: 'Debt within what is accepted', when: true, points: 8 },
          ],
        },
      ],
    },
    {
      key: 'profile',
      label: 'Profile',
      cap: 25,
      floor: 0,
      rules: [
        { fact: 'nameKnown', label: 'Name known', when: true, points: 5 },
        { fact: 'phoneKnown', label: 'Phone known', when: true, points: 10 },
        { fact: 'incomeKnown', label: 'Income known', when: true, points: 10 },
      ],
    },
    {
      key: 'engagement',
      label: 'Engagement',
      cap: 15,
      floor: 0,
      rules: [
        { fact: 'messages', label: 'Messages written', steps: 'atLeast', points: [[5, 5]] },
        { fact: 'fastReplies', label: 'Replies fast', when: true, points: 5 },
        { fact: 'activities', label: 'Activities', steps: 'atLeast', points: [[3, 5]] },
      ],
    },
    {
      key: 'penalties',
      label: 'Penalties',
      cap: 0,
      floor: -35,
      rules: [
        { fact: 'doNotCall', label: 'Asked not to be called', when: true, points: -30 },
        { fact: 'daysSinceActivity', label: 'Days of silence', steps: 'atLeast', points: [[60, -5]] },
      ],
    },
  ],
};
