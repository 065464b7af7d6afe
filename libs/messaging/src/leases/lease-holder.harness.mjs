// A process that holds one lease: node lease-holder.harness.mjs URL GROUP NAME. Plain PostgreSQL, as another version of
// the software would hold it: what counts between replicas is the lock and the sign of life, not this code.
import { createHash } from 'node:crypto';
import pg from 'pg';

const [url, group, name] = process.argv.slice(2);
const key = (text) => createHash('sha256').update(`leadwire.lease.${text}`).digest().readBigInt64BE(0).toString();
const client = new pg.Client({ connectionString: url });
client.on('error', () => process.send('lost'));
await client.connect();
await client.query('select pg_advisory_lock_shared($1::bigint)', [key(`${group}/presence`)]);
await client.query('select pg_advisory_lock($1::bigint)', [key(name)]);
setInterval(() => void client.query('select 1').catch(() => undefined), 500);
process.send('held');
