using Exchange.Domain.Book;

namespace Exchange.Domain.Tests.Matching;

/// <summary>How prices behave in a random run: where the market is, how it moves and how far from it orders are placed.</summary>
public sealed class Regime(string name, int commands, int openOrders, Func<Random, long, long> move, Func<Random, long, long> price)
{
    public static readonly Regime Tight = new(
        "tight", commands: 500_000, openOrders: 150,
        move: (random, market) => Math.Max(50, market + random.Next(-1, 2)),
        price: (random, market) => market + random.Next(-8, 9));

    public static readonly Regime Wide = new(
        "wide", commands: 400_000, openOrders: 500,
        move: (random, market) => Math.Max(10_000, market + random.Next(-40, 41)),
        price: (random, market) => market + random.Next(-3000, 3001) / random.Next(1, 100));

    /// <summary>From a few ticks to a trillion and back, with orders left behind at every scale.</summary>
    public static readonly Regime Exploding = new(
        "exploding", commands: 300_000, openOrders: 200,
        move: (random, market) => random.Next(1000) == 0 ? Scale(random, market, 300) : Scale(random, market, 1.001),
        price: (random, market) => random.Next(10) == 0 ? Scale(random, market, 1e6) : Scale(random, market, 1.01));

    /// <summary>Thousands of levels far from each other and from the market.</summary>
    public static readonly Regime Scattered = new(
        "scattered", commands: 100_000, openOrders: 4000,
        move: (random, market) => Scale(random, market, random.Next(500) == 0 ? 1.5 : 1.0001),
        price: (random, market) => random.Next(3) == 0 ? market + random.Next(-300, 301) : Scale(random, market, 50));

    /// <summary>The whole ladder window and more filled densely while the market drifts through it.</summary>
    public static readonly Regime Drifting = new(
        "drifting", commands: 150_000, openOrders: 3000,
        move: (random, market) => Math.Max(30_000, market + random.Next(-50, 61)),
        price: (random, market) => market + random.Next(-12_000, 12_001));

    public int Commands { get; } = commands;
    public int OpenOrders { get; } = openOrders;

    public long Move(Random random, long market) => Clamp(move(random, market));

    public long Price(Random random, long market) => Clamp(price(random, market));

    public override string ToString() => name;

    private static long Scale(Random random, long market, double factor) =>
        (long)Math.Clamp(market * Math.Pow(factor, random.NextDouble() * 2 - 1) + random.Next(-1, 2), 1, 1e12);

    private static long Clamp(long price) => Math.Clamp(price, 1, RestingOrder.MaxPrice);
}
