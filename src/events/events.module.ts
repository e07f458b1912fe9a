import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { EventLog } from './event-log.js';
import { eventSchema } from './event.schema.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: 'OrderEvent', schema: eventSchema }])],
  providers: [EventLog],
  exports: [EventLog, MongooseModule],
})
export class EventsModule {}
