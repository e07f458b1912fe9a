import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { EventsModule } from '../events/events.module.js';
import { Metrics } from '../metrics/metrics.js';
import { Claims } from './claims.js';
import { Completions } from './completions.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryLog } from './delivery-log.repository.js';
import { DeliveryQueue } from './delivery-queue.repository.js';
import { deliverySchema } from './delivery.schema.js';
import { Dispatcher } from './dispatcher.js';
import { FanOut } from './fan-out.js';
import { FanOutRepository } from './fan-out.repository.js';
import { filteringAgents, openAgents } from './filtering-agents.js';
import { webhookEndpointSchema } from './webhook-endpoint.schema.js';
import { Retention } from './retention.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';
import { WebhookLoops } from './webhook-loops.js';
import { WebhookSender } from './webhook-sender.js';

/** From the event log to a tenant's receivers: fan-out makes deliveries, dispatch sends them, the API shows both. */
@Module({
  imports: [
    EventsModule,
    MongooseModule.forFeature([
      { name: 'WebhookEndpoint', schema: webhookEndpointSchema },
      { name: 'WebhookDelivery', schema: deliverySchema },
    ]),
  ],
  controllers: [WebhookEndpointsController, DeliveriesController],
  providers: [
    ...[WebhookEndpointsService, WebhookEndpointsRepository, DeliveriesService, DeliveryLog],
    ...[FanOut, FanOutRepository, Dispatcher, Claims, Completions, DeliveryQueue, Retention, WebhookLoops],
    {
      provide: WebhookSender,
      inject: [CONFIG, Metrics],
      useFactory: ({ webhookAllowPrivate }: Config, metrics: Metrics) =>
        new WebhookSender(
          webhookAllowPrivate ? openAgents() : filteringAgents(),
          webhookAllowPrivate,
          (outcome, seconds) => metrics.observeAttempt(outcome, seconds),
        ),
    },
  ],
})
export class WebhooksModule {}
