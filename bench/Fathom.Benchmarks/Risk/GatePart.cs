using System.Diagnostics;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Benchmarks.Risk;

/// <summary>
/// How long does the gate take to judge one order, from the question to the approval? Each judgement is timed by itself and the clock's own time is taken off. Between two, the order before is taken into the blotter
/// and ended, so that reservations move as in a run; in the second line of each pair a mark moves too, and what follows from it is part of the judgement.
/// </summary>
internal static class GatePart
{
    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        int orders = (int)Math.Clamp(count / 4, 500, 200_000);
        BenchResult plain = Run("position limit only", ManyLimits.PositionOnly, orders, repetitions, marksMove: false, null);
        BenchResult moving = Run("position limit only, marks move", ManyLimits.PositionOnly, orders, repetitions, marksMove: true, null);
        return
        [
            plain, moving,
            Run("all rules", ManyLimits.Everything(), orders, repetitions, marksMove: false, plain),
            Run("all rules, marks move", ManyLimits.Everything(), orders, repetitions, marksMove: true, moving),
        ];
    }

    private static BenchResult Run(string what, RiskLimits limits, int orders, int repetitions, bool marksMove, BenchResult? baseline)
    {
        ManyLimits many = new(limits);
        many.HoldEverywhere();
        Timestamp clock = new(1_700_000_000_000_000_000);
        double[] nanos = new double[orders];
        int number = 0;
        Pass(many, ref clock, ref number, nanos, marksMove);      // warm-up
        List<double> medians = [], tails = [];
        long allocated = long.MaxValue;
        double empty = EmptyNanos();
        for (int i = 0; i < repetitions; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Pass(many, ref clock, ref number, nanos, marksMove);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            Array.Sort(nanos);
            medians.Add(Math.Max(nanos[orders / 2] - empty, 0.1));
            tails.Add(Math.Max(nanos[orders * 99 / 100] - empty, 0.1));
        }
        double median = BenchResult.Median(medians), mean = Batches(many, ref clock, ref number, orders, marksMove);
        Dictionary<string, double> ratios = new() { ["p50_ns"] = median, ["p99_ns"] = BenchResult.Median(tails), ["batch_ns"] = mean };
        if (baseline is not null) ratios["time_of_position_only"] = mean / baseline.Ratios["batch_ns"];
        return new BenchResult("500 × 20", what, 1e9 / median, 1e9 / medians.Min(), (double)allocated / orders, ratios, $"{number}");
    }

    private static void Pass(ManyLimits many, ref Timestamp clock, ref int number, double[] nanos, bool marksMove)
    {
        for (int i = 0; i < nanos.Length; i++)
        {
            clock += Duration.FromMilliseconds(10);
            if (marksMove) many.Mark((int)(number * 7919L % ManyLimits.InstrumentCount), number);
            OrderCommand command = many.Order(number++, clock);
            long start = Stopwatch.GetTimestamp();
            Refusal refusal = many.Gate.Judge(ref command, Quantity.Zero, out _);
            nanos[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            Invariant.Require(refusal.IsNone, "no limit is met");
            Order order = many.Blotter.Add(in command);
            OrderReport report = new()
            {
                Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 1, order.Instrument, default, default),
                ClientOrderId = order.Id,
                Kind = ReportKind.Rejected,
                Side = order.Side,
                LastPrice = Price.None,
                QueueAhead = Quantity.None,
            };
            many.Blotter.Apply(in report);
            many.Blotter.Remove(order);
        }
    }

    /// <summary>Judgements by the hundred, for machines whose clock has coarse steps; what a mark's move takes is in it, reservations stay.</summary>
    /// <returns>Nanoseconds an order: the middle of all batches.</returns>
    private static double Batches(ManyLimits many, ref Timestamp clock, ref int number, int orders, bool marksMove)
    {
        const int size = 100;
        double[] nanos = new double[Math.Max(orders / size, 1)];
        OrderCommand[] commands = new OrderCommand[size];
        for (int batch = 0; batch < nanos.Length; batch++)
        {
            for (int i = 0; i < size; i++)
            {
                clock += Duration.FromMilliseconds(10);
                commands[i] = many.Order(number + i, clock);
            }
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < size; i++)
            {
                if (marksMove) many.Mark(commands[i].Header.Instrument.Index, number + i);
                Invariant.Require(many.Gate.Judge(ref commands[i], Quantity.Zero, out _).IsNone, "no limit is met");
            }
            nanos[batch] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / size;
            number += size;
        }
        return BenchResult.Median(nanos);
    }

    /// <summary>What it takes to read the clock twice.</summary>
    private static double EmptyNanos()
    {
        double[] nanos = new double[10_000];
        for (int i = 0; i < nanos.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            nanos[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }
        return BenchResult.Median(nanos);
    }
}
