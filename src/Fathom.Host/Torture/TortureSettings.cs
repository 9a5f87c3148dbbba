using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Market.Books;
using Fathom.Market.Universe;
using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>What <c>fathom torture</c> runs: the user's strategies on a stretch of the user's data, or strategies that ask for trouble on generated markets.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Options">What schedules are drawn from a seed.</param>
/// <param name="Warnings">What the user should know about the strategies' code.</param>
public sealed record TortureSettings(string Title, TortureSetup Setup, FaultOptions Options, IReadOnlyList<string> Warnings)
{
    /// <summary>Market-by-order messages of a schedule's market where nobody says how many: the generated ones are slow, and few are much time.</summary>
    public const int GeneratedDefault = 700, DataDefault = 2_000;

    public const int MessagesMax = 1_000_000;

    /// <summary>A message arrives at the venue and at the engine: these are events at which faults can strike, and orders are the others.</summary>
    private const int EventsPerMessage = 2;

    /// <summary>Market data before the stretch is run for every schedule: more of it takes longer than the torture.</summary>
    private const int BeforeMax = 200_000;

    private const int BlockLength = 1 << 18;

    /// <summary>Strategies that ask for trouble, on small generated markets.</summary>
    /// <param name="messages">Market-by-order messages of a schedule's market.</param>
    public static TortureSettings Default(int messages) => new("random traders on generated markets", TortureSetups.Usual(messages), Faults(messages), []);

    /// <summary>The strategies, limits, account, fees, latencies and <c>[orders]</c> of a configuration, on the beginning of its data.</summary>
    /// <param name="messages">Market-by-order messages after the start that each schedule runs.</param>
    /// <exception cref="InputException">The configuration or its data is wrong, or the start lies too far behind the beginning of the data.</exception>
    public static TortureSettings Of(RunConfiguration configuration, int messages)
    {
        BacktestSettings settings = BacktestSettings.Bind(configuration);
        if (settings.Engine.Recovery.CommandLifetime == Duration.Zero)
            throw new InputException("orders.command_lifetime", "0s", "how long a venue may act on a command", "Without it a cancel that was lost stays in doubt for as long as its order lives, and nothing comes to rest: leave it out for the torture, or write \"5s\".");
        ReadOnlyMemory<byte> stretch = ReadStretch(settings, messages, out Timestamp start);
        TortureSetup setup = new()
        {
            Engine = _ => settings.Engine with { Strategies = NewStrategies(configuration) },
            Market = TortureMarket.Of(stretch, start),
            Latency = settings.Latency,
            Fees = settings.Fees,
            Features = settings.Engine.VenueFeatures,
            Hours = settings.Engine.Session,
            RestMax = RestOf(settings.Engine.Recovery, settings.Engine.Liquidation),
        };
        return new TortureSettings($"{settings.Strategies} on {settings.Market.Title}", setup, Faults(messages), settings.Warnings);
    }

    /// <summary>Whoever waits long for a venue comes to rest late: a request, a question and the longest wait between two, some times each. So does who closes positions with patience.</summary>
    private static Duration RestOf(RecoveryOptions options, LiquidationOptions liquidation)
    {
        long venue = options.CreationTimeout.Nanos + options.CancelTimeout.Nanos + options.ReplaceTimeout.Nanos + options.QueryTimeout.Nanos + options.QueryBackoffMax.Nanos + options.CommandLifetime.Nanos;
        long floors = liquidation.WidenBps == 0 ? 1 : 2 + (liquidation.FloorMaxBps - liquidation.FloorBps) / liquidation.WidenBps;
        long closing = liquidation.Patience.Nanos * floors + liquidation.Interval.Nanos * (long)(10 / liquidation.Slice);
        return new Duration(TortureSetup.RestMaxUsual.Nanos + 20 * venue + 2 * closing);
    }

    /// <summary>Schedules run on several threads, a configuration is read on one.</summary>
    private static IReadOnlyList<NamedStrategy> NewStrategies(RunConfiguration configuration)
    {
        lock (configuration) return BacktestSettings.BindStrategies(configuration.Root, []);
    }

    private static FaultOptions Faults(int messages) => new() { Steps = (long)messages * EventsPerMessage };

    /// <param name="start">The receive time of the first message that counts: what comes before only builds the books.</param>
    private static ReadOnlyMemory<byte> ReadStretch(BacktestSettings settings, int messages, out Timestamp start)
    {
        start = Timestamp.None;
        using IMarketSource source = MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));
        IMessageSource tape = BacktestSession.Join(new TradableSource(source, settings.Engine.Currency), settings);
        MemoryStream stretch = new();
        byte[] block = GC.AllocateArray<byte>(BlockLength, pinned: true);
        using MarketState market = new();
        int before = 0, taken = 0;
        for (int length = tape.Read(block); length > 0 && taken < messages; length = tape.Read(block))
        {
            int end = 0;
            while (end < length && taken < messages) end += Take(block.AsSpan(end), settings.Engine.Start, market, ref start, ref before, ref taken);
            if (before > BeforeMax && settings.Engine.Start == Timestamp.Earliest)
                throw new InputException(settings.Market.Name, $"no market that trades within its first {BeforeMax} messages", "a book with two sides that is open for trading", "Name with data.start a time at which it trades, or a file that begins then.");
            if (before > BeforeMax)
                throw new InputException("data.start", $"more than {BeforeMax} messages in the file before it", $"at most {BeforeMax}", "Each schedule runs them: start earlier, or name a file that begins later.");
            stretch.Write(block, 0, end);
        }
        BacktestSession.RequireData(settings, source, taken);
        return stretch.GetBuffer().AsMemory(0, (int)stretch.Length);
    }

    /// <summary>Counts one message; snapshots and what comes before the start build the books. Where no start is stated, it is the first moment at which a market trades: before the opening strategies do
    /// nothing, and nothing can go wrong.</summary>
    /// <returns>Its length.</returns>
    private static int Take(ReadOnlySpan<byte> bytes, Timestamp from, MarketState market, ref Timestamp start, ref int before, ref int taken)
    {
        ref readonly MessageHeader header = ref Messages.Header(bytes);
        bool isOpen = taken > 0 || from > Timestamp.Earliest || Trades(market, header.Instrument);
        if (taken == 0) market.Apply(bytes[..header.Length]);
        if (header.Type != MessageType.MarketByOrder) return header.Length;
        bool isBefore = !isOpen || header.ReceiveTime < from || (Messages.As<MarketByOrder>(bytes).Flags & BookFlags.Snapshot) != 0;
        if (isBefore)
        {
            before++;
            return header.Length;
        }
        if (taken++ == 0) start = header.ReceiveTime;
        return header.Length;
    }

    private static bool Trades(MarketState market, InstrumentId instrument)
    {
        if (!market.Instruments.Contains(instrument) || !market.Instruments.StateOf(instrument).Matches()) return false;
        OrderBook book = market.Books[instrument];
        return !book.IsEventOpen && book.TryBest(out BookLevel bid, out BookLevel ask) && bid.Price < ask.Price;
    }
}
