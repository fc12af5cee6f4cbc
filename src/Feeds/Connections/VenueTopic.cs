namespace Exchange.Feeds.Connections;

/// <summary>One thing to subscribe to: a channel of the venue for one of its symbols.</summary>
internal readonly record struct VenueTopic(string Channel, string Symbol);
