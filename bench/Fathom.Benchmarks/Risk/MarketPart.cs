using System.Diagnostics;
using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;
using Fathom.Market.Universe;

namespace Fathom.Benchmarks.Risk;

/// <summary>What do limits add to a market message while positions are held? Ten strategies buy one each and wait, with no limit and with all that follow the market; the difference is the limits'.</summary>
internal static class MarketPart
{
    private const int Positions = 10;

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        RiskLimits none = new(), all = All();
        string checksum = Pass(file, none, out _);
        Invariant.Require(Pass(file, all, out _) == checksum, "limits that are not met change nothing");
        List<double> without = [], with = [];
        for (int i = 0; i < repetitions; i++)
        {
            Pass(file, none, out double seconds);
            without.Add(seconds);
            Pass(file, all, out seconds);
            with.Add(seconds);
        }
        double plain = BenchResult.Median(without), limited = BenchResult.Median(with);
        Dictionary<string, double> ratios = new() { ["time_of_no_limits"] = limited / plain, ["added_ns"] = (limited - plain) / count * 1e9 };
        return
        [
            new BenchResult("bench-1", "ten positions, no limits", count / plain, count / without.Min(), 0, new Dictionary<string, double>(), checksum),
            new BenchResult("bench-1", "ten positions, all limits", count / limited, count / with.Min(), 0, ratios, checksum),
        ];
    }

    private static RiskLimits All()
    {
        ScopeLimits scope = new() { GrossNotionalMax = 1e12m, NetNotionalMax = 1e12m, LeverageMax = 1_000m, ConcentrationMax = new Concentration(1m, 1m), DailyLossMax = 1e12m, OpenOrdersMax = 1_000 };
        return new RiskLimits { PositionMax = Quantity.Units(1_000), PriceCollarBps = 1_000, GrossNotionalMax = 1e12m, DailyLossMax = 1e12m, Both = scope with { GrossNotionalMax = null, DailyLossMax = null } };
    }

    private static string Pass(string file, RiskLimits limits, out double seconds)
    {
        using DbnSource source = DbnFile.Open(file, new DbnReadOptions(), new InstrumentRegistry([]));
        CurrencyCode currency = CurrencyCode.TryParse("USD", out CurrencyCode usd) ? usd : default;
        FillingVenue venue = new();
        EngineOptions options = new() { Currency = currency, Cash = 100_000_000, Limits = limits, Strategies = [.. Enumerable.Range(0, Positions).Select(i => new NamedStrategy($"holder-{i}", new Holder()))] };
        using TradingEngine engine = new(options, venue);
        byte[] buffer = GC.AllocateArray<byte>(128 * 1024, pinned: true);
        seconds = 0;
        for (int length = source.Read(buffer); length > 0; length = source.Read(buffer))
        {
            long start = Stopwatch.GetTimestamp();
            ReadOnlySpan<byte> messages = buffer.AsSpan(0, length);
            while (!messages.IsEmpty)
            {
                int whole = Messages.Header(messages).Length;
                engine.Step(messages[..whole]);
                messages = messages[whole..];
                while (venue.Answers.TryDequeue(out OrderReport report)) engine.Step(Messages.AsBytes(in report));
            }
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Invariant.Require(engine.Summarize().FillCount == Positions, "every strategy holds its position");
        return $"{engine.InputCount} {engine.Account.Equity}";
    }

    /// <summary>Buys once, at the ask.</summary>
    private sealed class Holder : Strategy
    {
        private bool _hasBought;

        public override void OnQuote(StrategyContext context, in BestPrices prices)
        {
            if (_hasBought || prices.Ask.Price.IsNone) return;
            _hasBought = true;
            context.Submit(new OrderIntent(prices.Instrument, Side.Buy, Quantity.Units(1), prices.Ask.Price));
        }
    }

    /// <summary>Fills everything at its price.</summary>
    private sealed class FillingVenue : IVenue
    {
        private ulong _execution;

        public Queue<OrderReport> Answers { get; } = new();

        public void Send(in OrderCommand command) => Answers.Enqueue(new OrderReport
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 1, command.Header.Instrument, command.Header.ReceiveTime, command.Header.ReceiveTime),
            Kind = ReportKind.Filled,
            ClientOrderId = command.ClientOrderId,
            ExecutionId = new ExecutionId(0, ++_execution),
            Side = command.Side,
            LastPrice = command.Price,
            LastQuantity = command.Quantity,
            Cumulative = command.Quantity,
            QueueAhead = Quantity.None,
        });
    }
}
