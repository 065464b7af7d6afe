import type { LeadSnapshot } from '#leadwire/contracts';

/** A snapshot with what is given, and nothing else known. */
export function snapshot(given: Partial<LeadSnapshot>): LeadSnapshot {
  return {
    firstName: null, lastName: null, email: null, phone: null, companyName: null, title: null, industry: null,
    city: null, country: null, notes: null, tags: [], customFields: {}, stage: 'new', ...given,
  };
}

/** Forty leads of many needs, by a short name; none uses the words of the queries that look for it. */
export const MADE_UP_LEADS: Record<string, Partial<LeadSnapshot>> = {
  familyHome: { notes: 'Third child on the way, the flat is too small. Wants four bedrooms close to a primary school.' },
  downsizer: { notes: 'Retired couple, children moved out, would like a ground-floor flat without stairs and little upkeep.' },
  firstBuyer: { notes: 'Renting now, first purchase, asks how much deposit the bank wants.', tags: ['mortgage'] },
  investor: { notes: 'Buys apartments to let, asks about rental yield and cap rate.', title: 'Private investor' },
  seaside: { notes: 'Looking for a second residence on the coast for the summers.' },
  studentRoom: { notes: 'Starts her degree in autumn and needs a room near the campus.' },
  officeSpace: { notes: 'Lease ends in March, needs 600 square metres of workspace for 40 desks downtown.' },
  warehouse: { notes: 'Needs a logistics hall with loading docks near the motorway.' },
  solarRoof: { notes: 'South-facing roof, electricity bill doubled, asks for photovoltaic panels and a battery.' },
  heatPump: { notes: 'Old gas boiler broke, wants a heat pump before the winter.' },
  evCharger: { notes: 'Bought an electric car and wants a wall box in the garage.' },
  insulation: { notes: 'Draughty Victorian house, interested in loft and wall insulation and any subsidy.' },
  kitchen: { notes: 'Kitchen is thirty years old, plans a full renovation with an island.' },
  bathroom: { notes: 'Mother cannot climb into the tub any more, wants a walk-in shower.' },
  roofLeak: { notes: 'Water drips through the ceiling after every storm, tiles missing.' },
  garden: { notes: 'Wants a terrace, a lawn and a small pond.', tags: ['landscaping'] },
  payroll: { title: 'HR Director', notes: 'Salaries of 300 employees are still computed in spreadsheets.' },
  recruiting: { title: 'Head of Talent', notes: 'Has 25 open developer positions and too few applicants.' },
  crm: { title: 'VP Sales', notes: 'Pipeline lives in Excel, forecasts are always wrong, evaluates CRM software.' },
  helpdesk: { title: 'Customer Support Manager', notes: 'Tickets pile up, answers take three days, wants a chatbot.' },
  security: { title: 'CISO', notes: 'Had a ransomware incident in spring, looks for endpoint protection and training.' },
  cloud: { title: 'CTO', notes: 'Data centre contract ends, wants to move the servers to AWS.' },
  analytics: { title: 'Head of Data', notes: 'Reports take a week, wants dashboards from the warehouse.' },
  webshop: { title: 'Founder', notes: 'Sells handmade soap on markets and wants to sell online.' },
  adverts: { title: 'Marketing Lead', notes: 'Cost per click doubled, looks for an agency for paid search.' },
  dental: { title: 'Dentist', notes: 'Opens a second practice, needs chairs and an X-ray unit.' },
  backPain: { notes: 'Slipped disc, looks for a physiotherapist in the evenings.' },
  gym: { notes: 'Wants to lose ten kilos and train for a half marathon with a coach.' },
  lifeInsurance: { notes: 'Became a father, wants his family provided for if he dies.' },
  carInsurance: { notes: 'Premium for the vehicle went up after an accident, compares insurers.' },
  pension: { notes: 'Self-employed, 45, has put nothing aside for old age.' },
  taxes: { title: 'Freelance designer', notes: 'Is behind with VAT returns and needs an accountant.' },
  divorce: { notes: 'Separated, needs a lawyer for custody of two children.' },
  visa: { notes: 'Nurse from Manila, needs a work permit for Germany.' },
  language: { notes: 'Moves to Lyon in June and wants to learn French fast.' },
  tutoring: { notes: 'Son fails mathematics in ninth grade and needs help twice a week.' },
  wedding: { notes: 'Marries in September, 120 guests, looks for a venue and catering.' },
  travel: { notes: 'Honeymoon in Japan for three weeks, everything organised.' },
  dog: { notes: 'Puppy chews everything, wants obedience classes.' },
  piano: { notes: 'Daughter wants to play an instrument, asks for lessons at home.' },
};
