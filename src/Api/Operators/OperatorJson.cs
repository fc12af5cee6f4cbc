using System.Text.Json.Serialization;
using Exchange.Api.Json;

namespace Exchange.Api.Operators;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonDecimalConverter)])]
[JsonSerializable(typeof(WorkerHealth))]
[JsonSerializable(typeof(MonitorSample))]
[JsonSerializable(typeof(QueueFigures))]
[JsonSerializable(typeof(PriceFigures))]
[JsonSerializable(typeof(ClosureFigures))]
[JsonSerializable(typeof(JobInfo))]
[JsonSerializable(typeof(StopOutcome))]
[JsonSerializable(typeof(WorkersOutcome))]
[JsonSerializable(typeof(SymbolList))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(UserDetails))]
[JsonSerializable(typeof(Adjusted))]
[JsonSerializable(typeof(MakerList))]
[JsonSerializable(typeof(MakerInfo))]
internal sealed partial class OperatorJson : JsonSerializerContext;
