import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryLog } from './delivery-log.repository.js';
import { deliverySchema } from './delivery.schema.js';
import { FanOut } from './fan-out.js';
import { webhookEndpointSchema } from './webhook-endpoint.schema.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'WebhookEndpoint', schema: webhookEndpointSchema },
      { name: 'WebhookDelivery', schema: deliverySchema },
    ]),
  ],
  controllers: [WebhookEndpointsController, DeliveriesController],
  providers: [WebhookEndpointsService, WebhookEndpointsRepository, DeliveriesService, DeliveryLog, FanOut],
})
export class WebhooksModule {}
