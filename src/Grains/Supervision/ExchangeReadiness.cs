using Exchange.Grains.Interfaces.Supervision;

namespace Exchange.Grains.Supervision;

public sealed class ExchangeReadiness : IExchangeReadiness
{
    private volatile bool _isReady;

    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }
}
