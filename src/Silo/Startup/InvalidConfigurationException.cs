namespace Exchange.Silo.Startup;

/// <summary>The configuration asks for something that would not work, or would not be safe. The message says what to change.</summary>
public sealed class InvalidConfigurationException(string message) : Exception(message);
