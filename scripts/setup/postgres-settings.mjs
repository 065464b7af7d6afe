import { statfsSync, statSync } from 'node:fs';

const ENOUGH_SHARED_MEMORY = 512 * 1024 * 1024;

// Containers often have 64 MB of /dev/shm, too little for a parallel index build, and a bare chroot has one that only
// root may write to; a file serves as well.
function sharedMemoryKind() {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    const forAll = (statSync('/dev/shm').mode & 0o002) !== 0;
    return forAll && bsize * blocks >= ENOUGH_SHARED_MEMORY ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}

/** postgresql.conf of the private server. Durability stays as PostgreSQL ships it: fsync and synchronous_commit on. */
export const postgresSettings = ({ port }) => `# Written anew at every start by scripts/setup.
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = 200
shared_buffers = '256MB'
dynamic_shared_memory_type = ${sharedMemoryKind()}
password_encryption = 'scram-sha-256'
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_lock_waits = on
`;

/** pg_hba.conf of the private server: from this machine, with a password, and from nowhere else. */
export const clientRules = `host all all 127.0.0.1/32 scram-sha-256
`;
