/** A lead as a row of a file describes it, before anything is stored. Null: the row does not say. */
export interface LeadDraft {
  firstName: string | null;
  lastName: string | null;
  /** Only where the file holds the name as one. */
  name: string | null;
  email: string | null;
  emailRaw: string | null;
  /** E.164 without extension. */
  phone: string | null;
  phoneExtension: string | null;
  phoneRaw: string | null;
  companyName: string | null;
  title: string | null;
  linkedinUrl: string | null;
  website: string | null;
  city: string | null;
  region: string | null;
  /** ISO 3166 alpha-2 where it was recognised, else as written. */
  country: string | null;
  industry: string | null;
  /** Decimal text. */
  budget: string | null;
  /** ISO 4217 of the budget. */
  currency: string | null;
  notes: string | null;
  source: string | null;
  tags: string[];
  customFields: Record<string, string>;
}

/** Imported all the same; the field is left empty and its raw text kept where the draft has a place for it. */
export interface RowWarning {
  code: 'email-invalid' | 'phone-invalid' | 'linkedin-invalid' | 'budget-unreadable' | 'text-too-long';
  field: string;
  message: string;
}

export interface RowReject {
  code: 'no-contact' | 'invalid-email' | 'invalid-phone' | 'invalid-linkedin';
  field?: 'email' | 'phone' | 'linkedinUrl';
  message: string;
}

export type MappedRow = { lead: LeadDraft; warnings: RowWarning[] } | { reject: RowReject };
