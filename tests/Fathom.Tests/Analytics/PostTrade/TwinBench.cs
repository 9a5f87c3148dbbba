using Fathom.Analytics;
using Fathom.Analytics.PostTrade;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Analytics.PostTrade;

/// <summary>The engine's account and the twin side by side: every execution is booked in the account and told to the twin as the engine tells it.</summary>
internal sealed class TwinBench
{
    private readonly List<InstrumentDefinition> _instruments = [];
    private readonly List<Int128?> _told = [];
    private readonly int _strategies;
    private ulong _execution;

    public TwinBench(int strategies = 2, decimal start = 1_000)
    {
        _strategies = strategies;
        Options = new AnalysisOptions
        {
            Currency = Happenings.Usd,
            Strategies = [.. Enumerable.Range(0, strategies).Select(i => $"s{i}")],
            Instrument = id => (uint)id.Index < (uint)_instruments.Count ? _instruments[id.Index] : null,
        };
        Account = new Account(Happenings.Usd, start, strategies);
        Twin = new LedgerTwin(Options, start);
    }

    public AnalysisOptions Options { get; }
    public Account Account { get; }
    public LedgerTwin Twin { get; }

    /// <summary>Change what the twin is told.</summary>
    public Func<FillEvent, FillEvent> TellFill { get; set; } = fill => fill;

    /// <summary>Null: nothing is told.</summary>
    public Func<PositionEvent, PositionEvent?> TellPosition { get; set; } = position => position;

    public Func<EquityEvent, EquityEvent> TellEquity { get; set; } = equity => equity;

    public void Define(InstrumentDefinition definition)
    {
        int index = definition.Header.Instrument.Index;
        if (index == _instruments.Count) _instruments.Add(definition);
        else _instruments[index] = definition;
        Account.Define(definition);
    }

    public void Trade(int owner, Side side, decimal price, decimal quantity, decimal fee = 0, int instrument = 0, PositionSide positionSide = PositionSide.Net) =>
        Trade(owner, side, Price.From(price), Quantity.From(quantity), (long)(fee * 1_000_000_000), instrument, positionSide);

    public void Trade(int owner, Side side, Price price, Quantity quantity, long feeNanos, int instrument = 0, PositionSide positionSide = PositionSide.Net)
    {
        Holding holding = Account.Book(owner, new InstrumentId(instrument), side, price, quantity, feeNanos, positionSide);
        ushort strategy = owner < 0 ? ushort.MaxValue : (ushort)owner;
        FillEvent fill = Happenings.Fill(Happenings.At(_execution), side, 0, 0, instrument: instrument, strategy: strategy, order: 7, execution: ++_execution);
        (fill.Price, fill.Quantity, fill.FeeNanos, fill.PositionSide, fill.Position) = (price, quantity, feeNanos, positionSide, holding.Position.Quantity);
        fill.Output.Cause = 11;
        fill = TellFill(fill);
        Twin.OnFill(in fill);
        Publish(holding, strategy);
    }

    /// <summary>As the engine takes over a venue's position.</summary>
    public void TakeOver(Side side, decimal price, decimal quantity, int instrument = 0)
    {
        DifferenceEvent difference = new() { Kind = DifferenceKind.PositionDiffers, OurPrice = Price.From(price) };
        Twin.OnDifference(in difference);
        Publish(Account.Book(-1, new InstrumentId(instrument), side, Price.From(price), Quantity.From(quantity), 0), ushort.MaxValue);
    }

    /// <summary>As at the end of a run.</summary>
    public void CompareEnd()
    {
        foreach (AccountPosition held in Account.Positions())
        {
            Position position = Account.Owner(held.Strategy).Find(held.Instrument, held.Side)!.Position;
            Twin.CompareExact(held.Strategy < 0 ? ushort.MaxValue : (ushort)held.Strategy, held.Instrument, held.Side, position.Cost, position.Realized);
        }
        foreach (AccountMoney money in Account.Money) Twin.CompareCash(money.Currency, money.Ledger.Cash);
    }


    private void Publish(Holding holding, ushort strategy)
    {
        PositionEvent position = Happenings.Position(Happenings.At(_execution), 0, holding.Instrument.Index, strategy, holding.Side);
        (position.Quantity, position.AveragePrice) = (holding.Position.Quantity, holding.Position.AveragePrice);
        (position.RealizedNanos, position.FeesNanos) = (holding.RealizedNanos, holding.FeesNanos);
        if (TellPosition(position) is { } told) Twin.OnPosition(in told);
        for (int i = 0; i < Account.Money.Count; i++) Publish(i);
    }

    private void Publish(int number)
    {
        Ledger money = Account.Money[number].Ledger;
        if (number == _told.Count) _told.Add(null);
        if (_told[number] == money.EquityNanos) return;
        _told[number] = money.EquityNanos;
        EquityEvent equity = TellEquity(new EquityEvent
        {
            Header = MessageHeader.Create<EquityEvent>(MessageType.EquityEvent, 0, InstrumentId.None, Happenings.At(_execution), Happenings.At(_execution)),
            Currency = money.Currency,
            RealizedNanos = money.RealizedNanos,
            UnrealizedNanos = money.UnrealizedNanos,
            FeesNanos = money.FeesNanos,
            EquityNanos = money.EquityNanos,
        });
        Twin.OnEquity(in equity);
    }
}
