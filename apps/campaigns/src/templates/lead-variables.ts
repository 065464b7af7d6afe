/** A lead's fields as they were when it was enrolled. */
export interface LeadData {
  firstName?: string | null;
  lastName?: string | null;
  email?: string | null;
  companyName?: string | null;
  title?: string | null;
  city?: string | null;
  industry?: string | null;
  customFields?: Record<string, unknown>;
}

/** The variables of a template for one lead. What is empty is left out, so that it counts as missing. */
export function leadVariables(lead: LeadData, unsubscribeUrl: string): Record<string, unknown> {
  const { firstName, lastName, email, companyName, title, city, industry, customFields = {} } = lead;
  return {
    ...withValue({ firstName, lastName, email, companyName, title, city, industry }),
    unsubscribeUrl,
    customFields: withValue(customFields),
  };
}

function withValue(fields: Record<string, unknown>): Record<string, unknown> {
  const filled = ([, value]: [string, unknown]) => value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '');
  return Object.fromEntries(Object.entries(fields).filter(filled));
}
