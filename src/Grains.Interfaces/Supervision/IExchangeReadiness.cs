namespace Exchange.Grains.Interfaces.Supervision;

/// <summary>Whether this silo has its markets listed and everything with open work awake.</summary>
public interface IExchangeReadiness
{
    bool IsReady { get; }
}
