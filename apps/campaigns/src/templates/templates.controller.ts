import { campaignsOperations as operations, type CreateTemplate as CreateTemplateInput } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CreateTemplate } from './create-template.js';

@Controller()
export class TemplatesController {
  constructor(private readonly create: CreateTemplate) {}

  @Handle(operations.createTemplate)
  createTemplate(call: Call<CreateTemplateInput>) {
    return this.create.execute(call);
  }
}
