import type { LeadContent } from '../leads/lead-content.js';

type Contacts = Pick<LeadContent, 'email' | 'phone' | 'linkedinUrl'>;

/** Leads by what makes two of them the same: mail first, then phone; the LinkedIn profile only where there is neither. */
export class LeadIndex<T extends Contacts> {
  private readonly byEmail = new Map<string, T>();
  private readonly byPhone = new Map<string, T>();
  private readonly byLinkedin = new Map<string, T>();

  add(lead: T): void {
    const { email, phone, linkedinUrl } = lead;
    if (email) this.byEmail.set(email, lead);
    if (phone) this.byPhone.set(phone, lead);
    // Of several leads with one profile the oldest is meant, here and in the next import.
    if (linkedinUrl && !this.byLinkedin.has(linkedinUrl)) this.byLinkedin.set(linkedinUrl, lead);
  }

  find({ email, phone, linkedinUrl }: Contacts): T | undefined {
    const same = (email && this.byEmail.get(email)) || (phone && this.byPhone.get(phone));
    if (same || email || phone) return same || undefined;
    return linkedinUrl ? this.byLinkedin.get(linkedinUrl) : undefined;
  }

  hasEmail(email: string | null): boolean {
    return email !== null && this.byEmail.has(email);
  }

  hasPhone(phone: string | null): boolean {
    return phone !== null && this.byPhone.has(phone);
  }
}
