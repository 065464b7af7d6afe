import type { Command } from '../command.js';
import { discardCommand } from './discard.command.js';
import { lagCommand } from './lag.command.js';
import { listDeadLettersCommand } from './list-dead-letters.command.js';
import { pauseCommand, resumeCommand } from './pause.command.js';
import { replayCommand } from './replay.command.js';
import { retryCommand } from './retry.command.js';
import { showDeadLetterCommand } from './show-dead-letter.command.js';
import { listReplaysCommand, showReplayCommand } from './show-replays.command.js';
import { tailCommand } from './tail.command.js';

/** Every command, in the order of the usage; a longer name stands before the shorter that begins it. */
export const COMMANDS: readonly Command[] = [
  lagCommand, tailCommand, listDeadLettersCommand, showDeadLetterCommand, retryCommand, discardCommand,
  listReplaysCommand, showReplayCommand, replayCommand, pauseCommand, resumeCommand,
];
