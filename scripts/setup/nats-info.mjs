import { connect } from 'node:net';

/** What a NATS server says of itself when a client connects (its INFO line): version, jetstream, tls_required … */
export function readNatsInfo({ host, port, timeoutMs = 2_000 }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let text = '';
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed without a word of NATS')));
    socket.on('data', (chunk) => {
      text += chunk;
      const match = /^INFO (\{.*\})\s*\r\n/.exec(text);
      if (!match) return;
      resolve(JSON.parse(match[1]));
      socket.destroy();
    });
  });
}
