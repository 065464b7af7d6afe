import type { ScoringModel } from './scoring-model.js';

export const B2B_MODEL: ScoringModel = {
  key: 'b2b',
  grades: [['A', 80], ['B', 60], ['C', 40], ['D', 0]],
  components: [
    {
      key: 'firmographic',
      label: 'Company and role',
      cap: 30,
      floor: 0,
      rules: [
        { fact: 'employees', label: 'Employees', steps: 'atLeast', points: [[200, 10], [50, 8], [10, 5], [1, 2]] },
        { fact: 'industryFit', label: 'An industry that is sold to', when: true, points: 8 },
        { fact: 'seniority', label: 'Seniority', choices: { owner: 7, executive: 7, director: 5, manager: 3, staff: 1 } },
        { fact: 'countryServed', label: 'A country that is served', when: true, points: 3 },
        { fact: 'companyKnown', label: 'Company known', when: true, points: 2 },
      ],
    },
    {
      key: 'behaviour',
      label: 'Behaviour',
      cap: 25,
      floor: 0,
      rules: [
        { fact: 'websiteVisits', label: 'Website visits', steps: 'atLeast', points: [[5, 8], [2, 5], [1, 2]] },
        { fact: 'pricingViewed', label: 'Looked at prices', when: true, points: 7 },
        { fact: 'downloads', label: 'Downloads', steps: 'atLeast', points: [[2, 5], [1, 3]] },
        { fact: 'budgetStated', label: 'Named a budget', when: true, points: 5 },
      ],
    },
    {
      key: 'engagement',
      label: 'Engagement',
      cap: 30,
      floor: 0,
      rules: [
        { fact: 'mailsOpened', label: 'Mails opened', steps: 'atLeast', points: [[3, 4], [1, 2]] },
        { fact: 'mailsClicked', label: 'Mails clicked', steps: 'atLeast', points: [[1, 4]] },
        { fact: 'replies', label: 'Replies', steps: 'atLeast', points: [[1, 8]] },
        { fact: 'callsAnswered', label: 'Calls answered', steps: 'atLeast', points: [[1, 4]] },
        { fact: 'meetingRequested', label: 'Asked for a meeting', when: true, points: 10 },
      ],
    },
    {
      key: 'recency',
      label: 'Recency',
      cap: 15,
      floor: -10,
      rules: [
        {
          fact: 'daysSinceActivity',
          label: 'Days since the last activity',
          steps: 'atMost',
          points: [[7, 15], [14, 10], [30, 5], [60, 0], [90, -5]],
          beyond: -10,
        },
      ],
    },
  ],
};
