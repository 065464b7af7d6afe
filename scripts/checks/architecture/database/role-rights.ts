import { serviceSchema } from '#leadwire/database';
import type { SqlClient } from './sql-client.js';

/** What the services' run-time and platform roles may do and should not. */
export async function roleRightViolations(sql: SqlClient, services: readonly string[]): Promise<string[]> {
  const names = services.map(serviceSchema);
  const roles = names.flatMap(({ schema, runtimeRole, platformRole }) => [runtimeRole, platformRole].map((role) => ({ role, schema })));
  const runtime = names.map(({ runtimeRole, platformRole }) => ({ role: runtimeRole, platform: platformRole }));
  const platform = names.map(({ platformRole }) => platformRole);
  const answers = [
    await sql.query(POWERS, [roles.map(({ role }) => role)]),
    await sql.query(INHERITANCE, [JSON.stringify(runtime)]),
    await sql.query(OWNED, [roles.map(({ role }) => role)]),
    await sql.query(FOREIGN_RIGHTS, [JSON.stringify(roles), names.map(({ schema }) => schema)]),
    await sql.query(PARTITIONS, [roles.map(({ role }) => role), names.map(({ schema }) => schema)]),
    await sql.query(UNSWEPT, [platform, names.map(({ schema }) => schema)]),
  ];
  return answers.flatMap(({ rows }) => rows.map((row) => row.says as string));
}

const POWERS = `
  select rolname || ' may ' || power as says
  from pg_roles, lateral (values
    ('do anything: it is a superuser', rolsuper), ('bypass row-level security', rolbypassrls),
    ('create roles', rolcreaterole), ('create databases', rolcreatedb), ('replicate', rolreplication)
  ) as has(power, yes)
  where rolname = any ($1) and yes`;

// A right of the platform role counts only once it is taken on, so the run-time role must not inherit.
const INHERITANCE = `
  select r.role || ' inherits the rights of its roles' as says
  from json_to_recordset($1) as r(role text, platform text) join pg_roles on rolname = r.role
  where rolinherit
  union all
  select r.role || ' is a member of ' || granted.rolname
  from json_to_recordset($1) as r(role text, platform text)
  join pg_roles member on member.rolname in (r.role, r.platform)
  join pg_auth_members m on m.member = member.oid join pg_roles granted on granted.oid = m.roleid
  where not (member.rolname = r.role and granted.rolname = r.platform)`;

const OWNED = `
  select rolname || ' owns ' || pg_describe_object(classid, objid, objsubid) as says
  from pg_shdepend join pg_roles on pg_roles.oid = refobjid
  where refclassid = 'pg_authid'::regclass and deptype = 'o' and rolname = any ($1)
    and dbid in (0, (select oid from pg_database where datname = current_database()))`;

const FOREIGN_RIGHTS = `
  with role as (select r.role, r.schema from json_to_recordset($1) as r(role text, schema text)),
  foreign_schema as (
    select role.role, n.oid, n.nspname from role join pg_namespace n on n.nspname = any ($2) and n.nspname <> role.schema)
  select s.role || ' may use the schema ' || s.nspname as says from foreign_schema s
  where has_schema_privilege(s.role, s.oid, 'USAGE, CREATE')
  union all
  select s.role || ' has rights on ' || s.nspname || '.' || c.relname from foreign_schema s
  join pg_class c on c.relnamespace = s.oid and c.relkind in ('r', 'p', 'v', 'm')
  where has_table_privilege(s.role, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
    or has_any_column_privilege(s.role, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
  union all
  select s.role || ' may count with ' || s.nspname || '.' || c.relname from foreign_schema s
  join pg_class c on c.relnamespace = s.oid and c.relkind = 'S'
  -- A plain filter could be evaluated for a table, which is no sequence.
  where case when c.relkind = 'S' then has_sequence_privilege(s.role, c.oid, 'USAGE, SELECT, UPDATE') end
  union all
  select s.role || ' may run ' || s.nspname || '.' || p.proname from foreign_schema s
  join pg_proc p on p.pronamespace = s.oid
  where has_function_privilege(s.role, p.oid, 'EXECUTE')
  union all
  select role.role || ' may create in the schema ' || n.nspname from role
  join pg_namespace n on n.nspname in (role.schema, 'public', 'extensions')
  where has_schema_privilege(role.role, n.oid, 'CREATE')`;

// A partition has no policies of its own: reached by itself it would show every tenant's rows.
const PARTITIONS = `
  select role || ' has rights on the partition ' || n.nspname || '.' || c.relname || ' itself' as says
  from unnest($1::text[]) as role
  join pg_namespace n on n.nspname = any ($2)
  join pg_class c on c.relnamespace = n.oid and c.relispartition and c.relkind in ('r', 'p')
  where has_table_privilege(role, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
    or has_any_column_privilege(role, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')`;

const UNSWEPT = `
  select role || ' has rights on ' || n.nspname || '.' || c.relname || ', which no policy opens to it' as says
  from unnest($1::text[]) as role
  join pg_namespace n on n.nspname = any ($2)
  join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm')
  where (has_table_privilege(role, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      or has_any_column_privilege(role, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
    and not exists (
      select from pg_policy p join pg_roles r on r.oid = any (p.polroles) where p.polrelid = c.oid and r.rolname = role)`;
