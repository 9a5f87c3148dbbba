using System.Globalization;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;
using Fathom.Market.Universe;

namespace Fathom.Benchmarks.Risk;

/// <summary>An account of 20 strategies over 500 instruments (50 products of ten months), each of them held by every strategy, and a gate in front of it.</summary>
internal sealed class ManyLimits
{
    public const int Strategies = 20, InstrumentCount = 500, Months = 10;

    private readonly ClientOrderIds[] _ids;

    public ManyLimits(RiskLimits limits)
    {
        CurrencyCode usd = CurrencyCode.TryParse("USD", out CurrencyCode code) ? code : default;
        Account = new Account(usd, 100_000_000_000m, Strategies);
        _ids = [.. Enumerable.Range(0, Strategies).Select(i => new ClientOrderIds(7, (ushort)i))];
        Universe = new Instruments();
        for (int i = 0; i < InstrumentCount; i++)
        {
            InstrumentDefinition definition = new()
            {
                Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, new InstrumentId(i), default, default),
                Tick = Price.From(0.01m),
                Lot = Quantity.Units(1),
                MultiplierNanos = 10L * Price.Scale,
                Kind = InstrumentKind.Linear,
                Currency = usd,
                Symbol = SymbolText.From(Symbol(i)),
            };
            Universe.Apply(in definition);
            Account.Define(in definition);
        }
        Blotter = new OrderBlotter(Universe, _ids);
        Gate = new RiskGate(limits, Universe, Blotter, Account, calendar: new SessionCalendar(SessionHours.EveryDay), owners: [.. Enumerable.Range(0, Strategies).Select(Name)]);
        Account.Advance(new Timestamp(1_700_000_000_000_000_000));
        for (int i = 0; i < InstrumentCount; i++) Mark(i, 0);
    }

    public Account Account { get; }
    public OrderBlotter Blotter { get; }
    public RiskGate Gate { get; }
    public Instruments Universe { get; }

    /// <summary>A limit of the position and nothing else: the baseline.</summary>
    public static RiskLimits PositionOnly { get; } = new() { PositionMax = Quantity.Units(1_000_000) };

    /// <summary>Every rule, at every scope that it has; none is met.</summary>
    public static RiskLimits Everything()
    {
        OrderRate rate = new(200, Duration.FromMilliseconds(1_000));
        ScopeLimits scope = new()
        {
            PositionMax = Quantity.Units(1_000_000),
            GrossNotionalMax = 100_000_000_000m,
            NetNotionalMax = 100_000_000_000m,
            LeverageMax = 1_000m,
            ConcentrationMax = new Concentration(0.9m, 1m),
            OpenOrdersMax = 100_000,
            OrderRateMax = rate,
            ReplaceRateMax = rate,
            CancelRateMax = rate,
        };
        ScopeLimits whole = scope with { DailyLossMax = 1_000_000_000m, MessagesPerFillMax = new MessageRatio(1_000_000, 1_000_000) };
        string[] symbols = [.. Enumerable.Range(0, InstrumentCount).Select(Symbol)];
        return new RiskLimits
        {
            PriceCollarBps = 1_000,
            QuantityMax = Quantity.Units(1_000),
            QuantityMin = Quantity.Units(1),
            OrderNotionalMax = 100_000_000m,
            OrderNotionalMin = 1m,
            DuplicateWindow = new Duration(1_000),
            TradingTimes = TradingTimes.Session,
            TimesInForce = [TimeInForce.Day, TimeInForce.GoodTillCancel],
            Account = whole,
            Strategies = Enumerable.Range(0, Strategies).ToDictionary(Name, _ => whole),
            Instruments = symbols.ToDictionary(symbol => symbol, _ => new InstrumentLimits { Scope = scope, QuantityMax = Quantity.Units(1_000) }),
            Products = symbols.Select(ProductRoot.Of).Distinct().ToDictionary(product => product, _ => scope),
            Groups = [new GroupLimits("even", [.. symbols.Where((_, i) => i % 2 == 0)], scope), new GroupLimits("odd", [.. symbols.Where((_, i) => i % 2 != 0)], scope)],
        };
    }

    /// <summary>Everybody holds something everywhere.</summary>
    public void HoldEverywhere()
    {
        for (int strategy = 0; strategy < Strategies; strategy++)
            for (int i = 0; i < InstrumentCount; i++)
                Account.Book(strategy, new InstrumentId(i), strategy < 12 ? Side.Buy : Side.Sell, Price.From(100m), Quantity.Units(1 + i % 7), feeNanos: 0);
    }

    public void Mark(int instrument, int ticks) => Account.MarkTo(new InstrumentId(instrument), Price.From(100m + ticks % 50 * 0.01m), Price.From(100.02m + ticks % 50 * 0.01m));

    public OrderCommand Order(int number, Timestamp clock)
    {
        ushort strategy = (ushort)(number % Strategies);
        return new OrderCommand
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId((int)(number * 7919L % InstrumentCount)), clock, clock),
            Output = new OutputHeader { Strategy = strategy },
            ClientOrderId = _ids[strategy].Next(),
            Kind = CommandKind.Submit,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Side = number % 2 == 0 ? Side.Buy : Side.Sell,
            Price = Price.From(number % 2 == 0 ? 99m : 101m),
            TriggerPrice = Price.None,
            TrailOffset = Price.None,
            Quantity = Quantity.Units(1 + number % 5),
        };
    }

    private static string Name(int strategy) => string.Create(CultureInfo.InvariantCulture, $"s{strategy}");

    /// <summary>AAF5, AAG5 … of ten months each.</summary>
    private static string Symbol(int instrument)
    {
        int product = instrument / Months;
        return $"{(char)('A' + product / 26)}{(char)('A' + product % 26)}{"FGHJKMNQUV"[instrument % Months]}5";
    }
}
