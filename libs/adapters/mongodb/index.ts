export { connectMongoDB } from './connect.js';
export type { MongoDB, MongoDBOptions } from './connect.js';
