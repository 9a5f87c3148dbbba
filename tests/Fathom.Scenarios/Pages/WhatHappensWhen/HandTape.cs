using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Scenarios.Pages.WhatHappensWhen;

/// <summary>A market written by hand: a wide spread in which nothing happens but what is asked for. A heartbeat a second far from the touch lets time pass.</summary>
internal sealed class HandTape
{
    private const ulong BidId = 1, AskId = 2, FirstHeartbeat = 100;

    private readonly List<byte> _messages = [];

    /// <param name="sells">When somebody sells into the best bid, in milliseconds after the start, and how much: an order of ours above it is filled first.</param>
    /// <param name="end">Of the tape, in milliseconds after the start.</param>
    public HandTape(IReadOnlyList<(int Milliseconds, int Quantity)> sells, int end)
    {
        Define();
        Add(At(-500), BidId, Side.Buy, 99.95m, 1_000, isLast: false);
        Add(At(-500), AskId, Side.Sell, 100.05m, 1_000, isLast: true);
        var events = sells.Select(sell => (sell.Milliseconds, sell.Quantity)).Concat(Enumerable.Range(0, end / 1_000 + 1).Select(second => (Milliseconds: second * 1_000 + 500, Quantity: 0)));
        foreach ((int milliseconds, int quantity) in events.OrderBy(entry => entry.Milliseconds))
        {
            if (quantity > 0) Sell(At(milliseconds), quantity);
            else Beat(At(milliseconds), milliseconds / 1_000);
        }
    }

    public static Timestamp Start { get; } = Timestamp.TryParse("2026-01-05T14:30:00Z", out Timestamp start) ? start : throw new InvalidOperationException("a time");

    public ReadOnlyMemory<byte> Messages => _messages.ToArray();

    public static Timestamp At(int milliseconds) => Start + Duration.FromMilliseconds(milliseconds);

    private void Define()
    {
        CurrencyCode.TryParse("USD", out CurrencyCode currency);
        Write(new InstrumentDefinition
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, new InstrumentId(0), At(-1_000), At(-1_000)),
            Tick = Price.From(0.01m),
            Lot = Quantity.Units(1),
            MultiplierNanos = Price.Scale,
            Kind = InstrumentKind.Linear,
            Currency = currency,
            Symbol = SymbolText.From("TEST"),
        });
    }

    private void Sell(Timestamp time, int quantity)
    {
        Book(time, BookAction.Trade, 0, Side.Sell, 99.95m, quantity, isLast: false);
        Book(time, BookAction.Fill, BidId, Side.Buy, 99.95m, quantity, isLast: false);
        Book(time, BookAction.Cancel, BidId, Side.Buy, 99.95m, quantity, isLast: true);
    }

    private void Beat(Timestamp time, int second) => Add(time, FirstHeartbeat + (ulong)second, Side.Buy, 90.00m, 1, isLast: true);

    private void Add(Timestamp time, ulong id, Side side, decimal price, int quantity, bool isLast) => Book(time, BookAction.Add, id, side, price, quantity, isLast);

    private void Book(Timestamp time, BookAction action, ulong id, Side side, decimal price, int quantity, bool isLast) => Write(new MarketByOrder
    {
        Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, new InstrumentId(0), time, time),
        OrderId = id,
        Price = Price.From(price),
        Quantity = Quantity.Units(quantity),
        Action = action,
        Side = side,
        Flags = isLast ? BookFlags.Last : BookFlags.None,
    });

    private void Write<T>(T message) where T : unmanaged => _messages.AddRange(Domain.Messages.Messages.AsBytes(in message));
}
