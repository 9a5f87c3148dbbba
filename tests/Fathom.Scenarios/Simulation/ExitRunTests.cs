using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;

namespace Fathom.Scenarios.Simulation;

/// <summary>The exits of positions that come, grow, shrink and turn at random, at a venue that holds them or leaves them to the engine, near or some way off.</summary>
public class ExitRunTests
{
    private const int Events = 30_000;

    private static readonly ExitOptions s_pair = new() { StopLoss = PriceDistance.OfTicks(2), TakeProfit = PriceDistance.OfTicks(2) };
    private static readonly ExitOptions s_trail = new() { StopLoss = PriceDistance.OfTicks(3), Trailing = PriceDistance.OfTicks(2), TakeProfit = PriceDistance.OfBps(0.6m) };
    private static readonly ExitOptions s_timed = new() { StopLoss = PriceDistance.OfTicks(3), TimeStop = Duration.FromMilliseconds(500), TriggerSource = TriggerSource.BidAsk };

    public static TheoryData<string, VenueFeatures, bool> Cases()
    {
        TheoryData<string, VenueFeatures, bool> cases = [];
        foreach (string options in (string[])["pair", "trail", "timed"])
        {
            cases.Add(options, VenueFeatures.All, false);
            cases.Add(options, VenueFeatures.None, false);
            cases.Add(options, VenueFeatures.All & ~VenueFeatures.ReduceOnly, false);
            cases.Add(options, VenueFeatures.All, true);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Without_latency_a_position_is_never_seen_without_its_exits_at_rest(string options, VenueFeatures features, bool isShared)
    {
        List<ReasonCode> fills = [];
        for (int seed = 1; seed <= 4; seed++)
        {
            Drifter drifter = new(seed, OptionsOf(options), isInstant: true);
            using TradingEngine engine = Run(drifter, features, isShared, seed, Duration.Zero);
            string where = $"{options}, {features}, seed {seed}: {drifter.Watched} times watched, {drifter.Fills.Count} exits filled";
            Assert.True(drifter.Breaches.Count == 0, $"{where}; {string.Join("; ", drifter.Breaches.Take(5))}");
            Assert.True(drifter.Watched > 1_000, where);
            Assert.Equal(0, engine.Orders.Anomalies.Total);
            fills.AddRange(drifter.Fills);
        }
        string told = string.Join(", ", fills.CountBy(reason => reason));
        Assert.True(fills.Count >= 40 && Expected(OptionsOf(options)).All(fills.Contains), $"{options}, {features}: {told}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_latency_exits_never_open_a_position_and_trails_never_loosen(string options, VenueFeatures features, bool isShared)
    {
        int fills = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            Drifter drifter = new(seed, OptionsOf(options), isInstant: false);
            // What the engine watches in the venue's place it watches from afar: an order of the strategy's own and a profit at rest can both fill.
            drifter.Observer.MayOpen = isShared || (features & VenueFeatures.ReduceOnly) == 0;
            using TradingEngine engine = Run(drifter, features, isShared, seed, Duration.FromMilliseconds(5));
            string where = $"{options}, {features}, seed {seed}: {drifter.Fills.Count} exits filled";
            Assert.True(drifter.Breaches.Count == 0, $"{where}; {string.Join("; ", drifter.Breaches.Take(5))}");
            fills += drifter.Fills.Count;
        }
        Assert.InRange(fills, 20, 10_000);
    }

    [Theory]
    [InlineData(VenueFeatures.All)]
    [InlineData(VenueFeatures.None)]
    public void A_gap_through_the_stop_is_filled_at_the_gaps_price(VenueFeatures features)
    {
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode usd));
        using SimulatedVenue venue = new(new LatencyModel(Duration.Zero, Duration.Zero, Duration.Zero), new FeeBook(new FeeSchedule(0, 0, 0)));
        BuyOnce buyer = new();
        using TradingEngine engine = new(new EngineOptions { Currency = usd, Cash = 1_000_000m, Strategies = [new NamedStrategy("buyer", buyer) { Exits = s_pair }], VenueFeatures = features }, venue);
        BacktestDriver.Run(new GapTape(), engine, venue, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([10.02m, 9.50m, 9.49m], buyer.Fills.Select(fill => fill.Price.ToDecimal()));      // the stop stood at 10.00
        Assert.Equal([3m, 2m, 1m], buyer.Fills.Select(fill => fill.Quantity.ToDecimal()));
        Assert.True(buyer.Fills[^1].Position.IsZero && engine.Orders.LiveCount == 0);
    }

    [Fact]
    public void The_same_run_gives_the_same_fingerprint()
    {
        string Once()
        {
            using TradingEngine engine = Run(new Drifter(3, s_trail, isInstant: false), VenueFeatures.None, isShared: false, 3, Duration.FromMilliseconds(1));
            return engine.Fingerprint.ToString()!;
        }
        Assert.Equal(Once(), Once());
    }

    private static IEnumerable<ReasonCode> Expected(ExitOptions options)
    {
        if (!options.TakeProfit.IsNone) yield return ReasonCode.TakeProfit;
        if (options.TimeStop > Duration.Zero) yield return ReasonCode.TimeStop;
        yield return options.Trailing.IsNone ? ReasonCode.StopLoss : ReasonCode.TrailingStop;
    }

    private static ExitOptions OptionsOf(string name) => name switch { "pair" => s_pair, "trail" => s_trail, _ => s_timed };

    /// <param name="isShared">Another strategy trades the account too: the venue cannot watch what only reduces.</param>
    private static TradingEngine Run(Drifter drifter, VenueFeatures features, bool isShared, int seed, Duration latency)
    {
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode usd));
        using SimulatedVenue venue = new(new LatencyModel(latency, latency, Duration.Zero), new FeeBook(new FeeSchedule(0, 0, 0)));
        List<NamedStrategy> strategies = [new NamedStrategy("drifter", drifter) { Exits = drifter.Options }];
        if (isShared) strategies.Add(new NamedStrategy("other", new Drifter(seed + 100, drifter.Options, isInstant: false, isWatched: false)));
        TradingEngine engine = new(new EngineOptions { Currency = usd, Cash = 1_000_000m, Strategies = strategies, VenueFeatures = features }, venue, [drifter.Observer]);
        drifter.Engine = engine;
        BacktestDriver.Run(new MarketGenerator(new GeneratorOptions { Preset = "demo", Events = Events, Seed = (ulong)seed }), engine, venue, cancellation: TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>Buys and sells at random by market orders, and looks at what protects its position after every event.</summary>
    private sealed class Drifter(int seed, ExitOptions options, bool isInstant, bool isWatched = true) : Strategy
    {
        private readonly Random _random = new(seed);
        private int _events;
        private Quantity _held;
        private Timestamp _heldSince;
        private Price _trigger = Price.None;
        private bool _isMet;

        public ExitOptions Options => options;
        public TradingEngine? Engine { get; set; }
        public Eyes Observer { get; } = new(isWatched);
        public List<string> Breaches => Observer.Breaches;
        public List<ReasonCode> Fills => Observer.Fills;
        public int Watched { get; private set; }

        public override void OnFill(StrategyContext context, in FillEvent fill)
        {
            bool isNew = _held.IsZero || (_held.IsPositive != fill.Position.IsPositive && !fill.Position.IsZero);
            if (isNew || fill.Position.IsZero) (_heldSince, _trigger, _isMet) = (context.Clock, Price.None, false);
            _held = fill.Position;
        }

        public override void OnOrder(StrategyContext context, in OrderEvent change) =>
            _isMet |= change.Type is OrderType.Stop or OrderType.Trailing && (change.To == OrderStatus.Triggered || change.Cumulative.IsPositive) && !_held.IsZero;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (isWatched) Look(context, book.Instrument);
            if (++_events % 60 != 1 || _events > Events / 2 || !book.TryBestBid(out _) || !book.TryBestAsk(out _)) return;
            Quantity quantity = Quantity.Units(1 + _random.Next(4));
            context.Submit(new OrderIntent(book.Instrument, _random.Next(2) == 0 ? Side.Buy : Side.Sell, quantity, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        }

        private void Look(StrategyContext context, InstrumentId instrument)
        {
            Quantity position = context.Position(instrument);
            Order? stop = null, profit = null;
            bool isClosing = _isMet || (options.TimeStop > Duration.Zero && context.Clock >= _heldSince + options.TimeStop);
            foreach (WorkingOrder working in context.WorkingOrders(instrument))
            {
                if (working.Origin != OrderOrigin.Exit || !Engine!.Orders.TryFind(working.Id, out Order? order)) continue;
                if (order.Type is OrderType.Stop or OrderType.Trailing) stop = order;
                else if (order.Type == OrderType.Limit) profit = order;
            }
            if (isInstant && position.IsZero && (stop ?? profit) is { } left) Say(context, $"{left.Type} {left.Status} is left of a position that is gone");
            if (position.IsZero) return;
            Watched++;
            NoteTrigger(context, stop, position);
            if (!isInstant || isClosing) return;
            Quantity size = position.IsPositive ? position : -position;
            if (stop is null || stop.Leaves != size || stop.Side != (position.IsPositive ? Side.Sell : Side.Buy)) Say(context, $"{position} is held, and its stop is {stop?.Leaves.ToString() ?? "nowhere"}, {stop?.Status}");
            bool hasProfit = options.TakeProfit.IsNone || (profit is not null && profit.Leaves == size && profit.Side == stop?.Side);
            if (!hasProfit) Say(context, $"{position} is held, and its profit is {profit?.Leaves.ToString() ?? "nowhere"}, {profit?.Status}");
        }

        /// <summary>A trail's trigger goes one way only.</summary>
        private void NoteTrigger(StrategyContext context, Order? stop, Quantity position)
        {
            if (stop is not { Type: OrderType.Trailing } || stop.Side != (position.IsPositive ? Side.Sell : Side.Buy)) return;
            bool isLooser = !_trigger.IsNone && (position.IsPositive ? stop.TriggerPrice < _trigger : stop.TriggerPrice > _trigger);
            if (isLooser) Say(context, $"a trail for {position} went from {_trigger} to {stop.TriggerPrice}");
            _trigger = stop.TriggerPrice;
        }

        private void Say(StrategyContext context, string breach) => Breaches.Add($"{context.Clock}: {breach}");
    }

    /// <summary>Sees to it that exits only reduce.</summary>
    private sealed class Eyes(bool isWatched) : IRunObserver
    {
        private readonly Dictionary<ClientOrderId, ReasonCode> _exits = [];

        public bool MayOpen { get; set; }
        public List<string> Breaches { get; } = [];
        public List<ReasonCode> Fills { get; } = [];

        public void OnCommand(in OrderCommand command)
        {
            if (command.Kind != CommandKind.Submit || command.Output.Strategy != 0 || command.Reason is < ReasonCode.StopLoss or > ReasonCode.TimeStop) return;
            _exits[command.ClientOrderId] = command.Reason;
        }

        public void OnOrder(in OrderEvent change) { }

        public void OnFill(in FillEvent fill)
        {
            if (!isWatched || !_exits.TryGetValue(fill.ClientOrderId, out ReasonCode reason)) return;
            Fills.Add(reason);
            bool isReducing = fill.Position.IsZero || (fill.Position.IsPositive == (fill.Side == Side.Sell));
            if (!isReducing && !MayOpen) Breaches.Add($"{fill.Header.ReceiveTime}: an exit by {reason} opened {fill.Position}");
        }

        public void OnPosition(in PositionEvent position) { }
        public void OnQuote(in QuoteEvent quote) { }
        public void OnEquity(in EquityEvent equity) { }
    }

    /// <summary>Buys three at the first book, and keeps what comes of it.</summary>
    private sealed class BuyOnce : Strategy
    {
        private bool _hasBought;

        public List<FillEvent> Fills { get; } = [];

        public override void OnFill(StrategyContext context, in FillEvent fill) => Fills.Add(fill);

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (_hasBought) return;
            _hasBought = true;
            context.Submit(new OrderIntent(book.Instrument, Side.Buy, Quantity.Units(3), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        }
    }

    /// <summary>A book at 10.00 to 10.02, and then, in one event, all bids gone but two at 9.50 and five at 9.49, where somebody has sold.</summary>
    private sealed class GapTape : IMessageSource
    {
        private readonly Queue<byte[]> _messages = new();
        private long _now = 1_000_000_000;
        private ulong _order;

        public GapTape()
        {
            InstrumentDefinition definition = new() { Header = Header<InstrumentDefinition>(MessageType.InstrumentDefined), Tick = Price.From(0.01m), Lot = Quantity.Units(1), MultiplierNanos = Price.Scale };
            _messages.Enqueue(Messages.AsBytes(in definition).ToArray());
            Add(BookAction.Add, Side.Buy, 10.00m, 10, isLast: false);
            Add(BookAction.Add, Side.Sell, 10.02m, 10, isLast: true);
            Add(BookAction.Add, Side.Buy, 9.50m, 2, isLast: false);
            Add(BookAction.Add, Side.Buy, 9.49m, 5, isLast: true);
            Add(BookAction.Cancel, Side.Buy, 10.00m, 10, isLast: false, order: 1);
            Add(BookAction.Trade, Side.Sell, 9.50m, 1, isLast: true);
            Add(BookAction.Add, Side.Sell, 10.03m, 1, isLast: true);
            Add(BookAction.Add, Side.Sell, 10.04m, 1, isLast: true);
        }

        public int Read(Span<byte> buffer)
        {
            if (!_messages.TryDequeue(out byte[]? message)) return 0;
            message.CopyTo(buffer);
            return message.Length;
        }

        public void Dispose() { }

        private void Add(BookAction action, Side side, decimal price, long quantity, bool isLast, ulong order = 0)
        {
            MarketByOrder message = new()
            {
                Header = Header<MarketByOrder>(MessageType.MarketByOrder),
                OrderId = order != 0 ? order : ++_order,
                Price = Price.From(price),
                Quantity = Quantity.Units(quantity),
                Action = action,
                Side = side,
                Flags = isLast ? BookFlags.Last : BookFlags.None,
            };
            _messages.Enqueue(Messages.AsBytes(in message).ToArray());
        }

        private MessageHeader Header<T>(MessageType type) where T : unmanaged
        {
            _now += 1_000_000;
            return MessageHeader.Create<T>(type, 1, new InstrumentId(0), new Timestamp(_now), new Timestamp(_now));
        }
    }
}
