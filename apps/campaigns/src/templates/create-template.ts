import { CampaignProblems, type CreateTemplate as CreateTemplateInput, type TemplateView } from '#leadwire/contracts';
import { violatedConstraint } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { readTemplate } from './liquid-template.js';
import { TemplateEntity, templateView } from './template.entity.js';

/** Keeps a template that can be read and uses only variables there are. */
@Injectable()
export class CreateTemplate {
  async execute(call: Call<CreateTemplateInput>): Promise<TemplateView> {
    const { key, channel = 'email', language = 'en', subject, body } = call.input;
    const variables = [...new Set([...variablesOf('subject', subject), ...variablesOf('body', body)])];
    try {
      return await call.transaction(async (tx) => {
        const row = tx.manager.create(TemplateEntity, {
          id: newId(), tenantId: call.tenantId, key, channel, language, subject, body, variables, createdAt: new Date(),
        });
        await tx.manager.insert(TemplateEntity, row);
        return templateView(row);
      });
    } catch (error) {
      throw violatedConstraint(error) === 'templates_key' ? CampaignProblems.templateKeyTaken() : error;
    }
  }
}

function variablesOf(field: string, source: string): string[] {
  const read = readTemplate(source);
  if ('variables' in read) return read.variables;
  const message = read.fault === 'syntax' ? read.message : `there is no variable ${read.variable}`;
  throw CampaignProblems.badTemplate({ detail: `${field}: ${message}`, errors: [{ field, message }] });
}
