import { defineProblem } from '#leadwire/kernel';

/** What the operations on the backbone refuse. */
export const BackboneProblems = {
  unknownConsumer: defineProblem('backbone.unknown-consumer', 400, 'The service has no such consumer.', "See the service's consumers for their names."),
  nothingChosen: defineProblem('backbone.nothing-chosen', 400, 'It is not said which dead letters are meant.', 'Name their ids, a consumer or a type of event.'),
  replayRange: defineProblem('backbone.replay-range', 400, 'The replay would begin after its end.', 'Give a `from` that lies before `to`.'),
  operatorOnly: defineProblem('backbone.operator-only', 403, 'This concerns every tenant of the installation.', 'Ask who operates the installation.'),
};
