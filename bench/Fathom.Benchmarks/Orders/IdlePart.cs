using System.Diagnostics;
using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Market.Universe;

namespace Fathom.Benchmarks.Orders;

/// <summary>What does an engine with a resting order allocate for events that do not touch it? Only its steps are measured, from the second half of the market on, with an exchange that nobody asks looked
/// at after every block.</summary>
internal static class IdlePart
{
    private const int BlockBytes = 64 * 1024;

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        List<double> seconds = [];
        long bytes = long.MaxValue, steps = 0;
        string checksum = "";
        for (int i = 0; i < repetitions; i++)
        {
            string found = Pass(file, count / 2, out double took, out long allocated, out steps);
            Invariant.Require(i == 0 || found == checksum, "the same again");
            checksum = found;
            seconds.Add(took);
            bytes = Math.Min(bytes, allocated);
        }
        return [new BenchResult("bench-1", "one order, untouched", steps / BenchResult.Median(seconds), steps / seconds.Min(), (double)bytes / steps, new Dictionary<string, double>(), checksum)];
    }

    private static string Pass(string file, long warmUp, out double seconds, out long allocated, out long steps)
    {
        using DbnSource source = DbnFile.Open(file, new DbnReadOptions(), new InstrumentRegistry([]));
        AcceptingVenue venue = new();
        CurrencyCode currency = CurrencyCode.TryParse("USD", out CurrencyCode usd) ? usd : default;
        // The ring of the trades within the window grows with the busiest window so far: a short one needs no growth.
        EngineOptions options = new() { Currency = currency, Cash = 100_000, Strategies = [new NamedStrategy("patient", new Patient())], TradeWindow = Duration.FromMilliseconds(1) };
        using TradingEngine engine = new(options, venue);
        SnapshotExchange exchange = new();
        Func<EngineSnapshot> take = engine.TakeSnapshot;
        byte[] buffer = GC.AllocateArray<byte>(BlockBytes, pinned: true);
        (seconds, allocated, steps) = (0, 0, 0);
        for (int length = source.Read(buffer); length > 0; length = source.Read(buffer))
        {
            bool isWarm = engine.InputCount > warmUp;
            long before = GC.GetAllocatedBytesForCurrentThread(), inputs = engine.InputCount, start = Stopwatch.GetTimestamp();
            Step(engine, venue, buffer.AsSpan(0, length));
            exchange.Answer(take);
            if (!isWarm) continue;
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            steps += engine.InputCount - inputs;
        }
        Invariant.Require(engine.Orders.LiveCount == 1 && engine.Summarize().FillCount == 0, "the order rests, and nothing touches it");
        return engine.Fingerprint.ToString();
    }

    private static void Step(TradingEngine engine, AcceptingVenue venue, ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            int whole = Messages.Header(messages).Length;
            engine.Step(messages[..whole]);
            messages = messages[whole..];
            if (venue.TryAnswer(out OrderReport report)) engine.Step(Messages.AsBytes(in report));
        }
    }

    /// <summary>Bids once, far below the market.</summary>
    private sealed class Patient : Strategy
    {
        private bool _hasBid;

        public override void OnQuote(StrategyContext context, in BestPrices prices)
        {
            if (_hasBid) return;
            _hasBid = true;
            Price tick = context.Instrument(prices.Instrument).Tick;
            context.Submit(new OrderIntent(prices.Instrument, Side.Buy, Quantity.Units(1), new Price(prices.Bid.Price.Nanos / 2 / tick.Nanos * tick.Nanos)));
        }
    }

    private sealed class AcceptingVenue : IVenue
    {
        private OrderCommand _command;
        private bool _hasCommand;

        public void Send(in OrderCommand command) => (_command, _hasCommand) = (command, true);

        public bool TryAnswer(out OrderReport report)
        {
            report = !_hasCommand ? default : new OrderReport
            {
                Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 1, _command.Header.Instrument, _command.Header.ReceiveTime, _command.Header.ReceiveTime),
                Kind = ReportKind.Accepted,
                ClientOrderId = _command.ClientOrderId,
                Side = _command.Side,
                LastPrice = Price.None,
                QueueAhead = Quantity.None,
            };
            bool isThere = _hasCommand;
            _hasCommand = false;
            return isThere;
        }
    }
}
