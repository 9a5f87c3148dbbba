using System.Diagnostics;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Market.Universe;

namespace Fathom.Benchmarks.Orders;

/// <summary>
/// What does one change of an order's state cost in the blotter, reservations included? So many orders live at a time, over a few instruments; all of them go through each change in turn, so that
/// every change is timed by itself, and the next ones take their places: the blotter stays warm. A message is one change of one order.
/// </summary>
internal static class TransitionPart
{
    private const int Live = 256, Instruments = 16;
    private const ushort Venue = 1;
    private static readonly string[] Changes = ["taken", "accepted", "part filled", "replacement sent", "replaced", "canceled and gone"];

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        int rounds = (int)Math.Max(1, count / Live);
        Life life = new();
        life.Run(rounds);      // warm-up
        List<double>[] seconds = [.. Changes.Select(_ => new List<double>())];
        List<long> allocated = [];
        Int128 checksum = 0;
        for (int i = 0; i < repetitions; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            double[] took = life.Run(rounds);
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
            for (int change = 0; change < Changes.Length; change++) seconds[change].Add(took[change]);
            Invariant.Require(i == 0 || life.Checksum == checksum, "the same again");
            checksum = life.Checksum;
        }
        double changes = (double)rounds * Live, bytes = allocated.Min() / (changes * Changes.Length);
        BenchResult Of(string what, double work, IEnumerable<double> times) =>
            new("orders", what, work / BenchResult.Median(times), work / times.Min(), bytes, new Dictionary<string, double>(), $"{checksum}");
        return
        [
            .. Changes.Select((what, change) => Of(what, changes, seconds[change])),
            Of("a change, of all", changes * Changes.Length, [.. Enumerable.Range(0, repetitions).Select(i => seconds.Sum(times => times[i]))]),
        ];
    }

    /// <summary>One blotter and the orders that go through it.</summary>
    private sealed class Life
    {
        private readonly ClientOrderIds _ids = new(7, 0);
        private readonly OrderBlotter _blotter;
        private readonly OrderCommand[] _commands = new OrderCommand[Live];
        private readonly OrderCommand _replacement = new() { Kind = CommandKind.Replace, Quantity = Quantity.Units(12) };
        private readonly double[] _seconds = new double[Changes.Length];
        private ulong _execution;

        public Life()
        {
            Instruments universe = new();
            for (int i = 0; i < TransitionPart.Instruments; i++)
                universe.Apply(new InstrumentDefinition { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, Venue, new InstrumentId(i), default, default) });
            _blotter = new OrderBlotter(universe, _ids);
        }

        /// <summary>Of what was reserved and filled along the way.</summary>
        public Int128 Checksum { get; private set; }

        /// <returns>Seconds by change, over all rounds; valid until the next run.</returns>
        public double[] Run(int rounds)
        {
            Array.Clear(_seconds);
            Checksum = 0;
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < Live; i++) _commands[i] = Command(i);
                long start = Stopwatch.GetTimestamp();
                foreach (ref readonly OrderCommand command in _commands.AsSpan()) _blotter.Add(in command);
                Lap(0, ref start);
                Apply(ReportKind.Accepted);
                Lap(1, ref start);
                Apply(ReportKind.Filled);
                Lap(2, ref start);
                foreach (ref readonly OrderCommand command in _commands.AsSpan()) _blotter.NoteReplaceSent(Find(command.ClientOrderId), in _replacement, new Price(5), Price.None, Price.None);
                Lap(3, ref start);
                Apply(ReportKind.Replaced);
                Lap(4, ref start);
                Apply(ReportKind.Canceled);
                Lap(5, ref start);
                Invariant.Require(_blotter.LiveCount == 0, "every order has ended");
            }
            Invariant.Require(_blotter.Anomalies.Total == 0, "the venue is sound");
            return _seconds;
        }

        private void Lap(int change, ref long start)
        {
            _seconds[change] += Stopwatch.GetElapsedTime(start).TotalSeconds;
            for (int i = 0; i < TransitionPart.Instruments; i++) Checksum += (change + 1) * (Int128)_blotter.Exposure[new InstrumentId(i), Side.Buy].Nanos;
            start = Stopwatch.GetTimestamp();
        }

        private void Apply(ReportKind kind)
        {
            OrderReport report = new()
            {
                Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, Venue, default, default, default),
                Kind = kind,
                Side = Side.Buy,
                LastPrice = kind == ReportKind.Filled ? new Price(5) : Price.None,
                LastQuantity = kind == ReportKind.Filled ? Quantity.Units(3) : Quantity.Zero,
                QueueAhead = Quantity.None,
            };
            foreach (ref readonly OrderCommand command in _commands.AsSpan())
            {
                report.Header.Instrument = command.Header.Instrument;
                report.ClientOrderId = command.ClientOrderId;
                if (kind == ReportKind.Filled) report.ExecutionId = new ExecutionId(0, ++_execution);
                ReportEffect effect = _blotter.Apply(in report);
                if (effect.To.IsTerminal()) _blotter.Remove(effect.Order!);
            }
        }

        private Order Find(ClientOrderId id)
        {
            Invariant.Require(_blotter.TryFind(id, out Order? order), "the order is live");
            return order!;
        }

        private OrderCommand Command(int i) => new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(i % TransitionPart.Instruments), default, default),
            ClientOrderId = _ids.Next(),
            Kind = CommandKind.Submit,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Side = Side.Buy,
            Price = new Price(4),
            TriggerPrice = Price.None,
            TrailOffset = Price.None,
            Quantity = Quantity.Units(10),
        };
    }
}
