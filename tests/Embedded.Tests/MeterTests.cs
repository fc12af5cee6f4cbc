using System.Diagnostics.Metrics;
using Exchange.Embedded.Runtime;
using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Embedded.Tests;

public sealed class MeterTests
{
    [Fact]
    public async Task The_meter_tells_activations_messages_and_queues()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grain<ILifeGrain>("a");
        var working = grain.Work("work");
        await silo.Stage.Arrival("work");
        var queued = grain.Leave();
        await TestSilo.QuietAsync(silo.ContextOf(grain));
        Assert.Equal((1, 1, 0, 0, 1), Read(silo));
        silo.Stage.Open("work");
        await Task.WhenAll(working, queued).Soon();
        await silo.StopAsync().Soon();

        Assert.Equal((0, 1, 1, 2, 0), Read(silo));
    }

    private static (long Active, long Created, long Destroyed, long Processed, long Queued) Read(TestSilo silo)
    {
        var values = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == silo.Services.GetRequiredService<Silo>().Counters.Meter)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return (
            values["orleans-catalog-activations"],
            values["orleans-catalog-activation-created"],
            values["orleans-catalog-activation-destroyed"],
            values["orleans-messaging-processing-dispatcher-processed"],
            values["orleans-scheduler-queue-length"]);
    }
}
