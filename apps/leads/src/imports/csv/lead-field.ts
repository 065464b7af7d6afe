/** What a column of a file can be of a lead. */
export const LEAD_FIELDS = [
  'firstName',
  'lastName',
  'name',
  'email',
  'phone',
  'companyName',
  'title',
  'linkedinUrl',
  'website',
  'city',
  'region',
  'country',
  'industry',
  'budget',
  'notes',
  'source',
  'tags',
] as const;
export type LeadField = (typeof LEAD_FIELDS)[number];

/** Headers as people write them, English and Spanish, in the spelling of `spellHeader`. */
export const COLUMN_NAMES: Readonly<Record<LeadField, readonly string[]>> = {
  firstName: ['first name', 'firstname', 'first', 'given name', 'forename', 'fname', 'nombre', 'primer nombre', 'nombres'],
  lastName: ['last name', 'lastname', 'last', 'surname', 'family name', 'lname', 'apellido', 'apellidos', 'primer apellido'],
  name: ['name', 'full name', 'fullname', 'contact', 'contact name', 'lead', 'lead name', 'nombre completo', 'nombre y apellidos', 'contacto'],
  email: ['email', 'e mail', 'mail', 'email address', 'e mail address', 'mail address', 'work email', 'business email', 'personal email', 'contact email', 'primary email', 'correo', 'correo electronico', 'direccion de correo', 'email 1'],
  phone: ['phone', 'phone number', 'telephone', 'tel', 'mobile', 'mobile phone', 'mobile number', 'cell', 'cell phone', 'work phone', 'contact number', 'primary phone', 'telefono', 'telefono movil', 'numero de telefono', 'movil', 'celular', 'phone 1'],
  companyName: ['company', 'company name', 'organization', 'organisation', 'business', 'business name', 'account', 'account name', 'employer', 'empresa', 'compania', 'nombre de la empresa', 'organizacion', 'razon social'],
  title: ['job title', 'jobtitle', 'title', 'position', 'role', 'job', 'occupation', 'cargo', 'puesto', 'profesion', 'ocupacion'],
  linkedinUrl: ['linkedin', 'linked in', 'linkedin url', 'linkedin profile', 'linkedin profile url', 'perfil de linkedin', 'person linkedin url'],
  website: ['website', 'web', 'web site', 'company website', 'url', 'domain', 'sitio web', 'pagina web', 'homepage'],
  city: ['city', 'town', 'location', 'ciudad', 'localidad', 'municipio', 'poblacion'],
  region: ['state', 'region', 'province', 'county', 'state province', 'provincia', 'estado', 'comunidad autonoma', 'departamento'],
  country: ['country', 'country code', 'nation', 'pais', 'codigo de pais'],
  industry: ['industry', 'sector', 'vertical', 'line of business', 'industria', 'rubro', 'giro'],
  budget: ['budget', 'estimated value', 'deal value', 'amount', 'price range', 'presupuesto', 'valor estimado', 'importe', 'monto'],
  notes: ['notes', 'note', 'comments', 'comment', 'message', 'description', 'remarks', 'notas', 'nota', 'comentarios', 'observaciones', 'mensaje', 'descripcion'],
  source: ['source', 'lead source', 'origin', 'channel', 'origen', 'fuente', 'procedencia', 'canal'],
  tags: ['tags', 'tag', 'labels', 'label', 'etiquetas', 'etiqueta', 'keywords'],
};

/** `" E-Mail "`, `correo_electrónico`, `jobTitle` → `e mail`, `correo electronico`, `job title`. */
export function spellHeader(header: string): string {
  return header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
