import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { EventFeed } from './event-feed.js';
import { EventLog } from './event-log.js';
import { eventSchema } from './event.schema.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: 'OrderEvent', schema: eventSchema }])],
  providers: [EventLog, EventFeed],
  exports: [EventLog, EventFeed, MongooseModule],
})
export class EventsModule {}
