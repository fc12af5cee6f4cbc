using Exchange.Grains.Interfaces.Supervision;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeReadiness : IExchangeReadiness
{
    public bool IsReady { get; set; } = true;
}
