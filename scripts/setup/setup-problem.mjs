/** Something the set-up needs and cannot have: one sentence that says what, and the command that mends it. */
export class SetupProblem extends Error {
  constructor(sentence, { mend, detail } = {}) {
    super(sentence);
    this.name = 'SetupProblem';
    this.mend = mend;
    this.detail = detail;
  }

  /** The text for a person at a terminal: detail first, so that the sentence and its cure end the screen. */
  toText() {
    return [this.detail?.trimEnd(), this.message, this.mend && `  mend it with:  ${this.mend}`]
      .filter(Boolean)
      .join('\n');
  }
}
