using System.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Values;

public class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0L)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1L)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1L)]
    [InlineData("2024-02-29T12:30:45.5Z", 1_709_209_845_500_000_000L)]
    [InlineData("2024-02-29t12:30:45.5z", 1_709_209_845_500_000_000L)]
    [InlineData("2024-02-29 12:30:45.5Z", 1_709_209_845_500_000_000L)]
    [InlineData("2024-02-29T14:00:45.5+01:30", 1_709_209_845_500_000_000L)]
    [InlineData("2024-02-29T07:30:45.5-05:00", 1_709_209_845_500_000_000L)]
    [InlineData("2024-03-01T00:00:00+23:59", 1_709_164_860_000_000_000L)]
    [InlineData("1970-01-01T00:00:00-00:00", 0L)]
    [InlineData("2262-04-11T23:47:16.854775806Z", long.MaxValue - 1)]
    [InlineData("1677-09-21T00:12:43.145224192Z", long.MinValue)]
    [InlineData("1717000000123456789", 1_717_000_000_123_456_789L)]
    [InlineData("-5", -5L)]
    [InlineData("0", 0L)]
    public void A_moment_with_a_zone_or_in_nanoseconds_is_read_exactly(string text, long nanos)
    {
        Assert.True(Timestamp.TryParse(text, out Timestamp time));
        Assert.Equal(nanos, time.Nanos);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2024-02-29")]
    [InlineData("2024-02-29T12:30:45")]               // no zone: any hour of a day
    [InlineData("2024-02-29T12:30:45.5")]
    [InlineData("2024-02-29T12:30Z")]
    [InlineData("2023-02-29T12:30:45Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("2024-00-01T00:00:00Z")]
    [InlineData("2024-01-00T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T00:60:00Z")]
    [InlineData("2024-12-31T23:59:60Z")]              // a leap second has no nanoseconds of its own
    [InlineData("2024-01-01T00:00:00.Z")]
    [InlineData("2024-01-01T00:00:00.1234567890Z")]
    [InlineData("2024-01-01T00:00:00+24:00")]
    [InlineData("2024-01-01T00:00:00+01:60")]
    [InlineData("2024-01-01T00:00:00+0100")]
    [InlineData("2024-01-01T00:00:00+1:00")]
    [InlineData("2024-01-01T00:00:00ZZ")]
    [InlineData("2024-01-01T00:00:00 Z")]
    [InlineData(" 2024-01-01T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00Z ")]
    [InlineData("2024/01/01T00:00:00Z")]
    [InlineData("+024-01-01T00:00:00Z")]
    [InlineData("2024-1-01T00:00:00Z")]
    [InlineData("2262-04-11T23:47:16.854775807Z")]    // the bits that mean "no time"
    [InlineData("9223372036854775807")]
    [InlineData("2262-04-11T23:47:16.854775808Z")]
    [InlineData("1677-09-21T00:12:43.145224191Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+23:59")]
    [InlineData("9223372036854775808")]
    [InlineData("1.5")]
    [InlineData("1_000")]
    public void What_is_no_certain_moment_is_refused(string text)
    {
        Assert.False(Timestamp.TryParse(text, out Timestamp time));
        Assert.True(time.IsNone);
    }

    [Fact]
    public void Text_is_read_back_and_agrees_with_the_frameworks_twin()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Timestamp time = ATime(new Random(seed));
            string text = time.ToString();
            Assert.True(Timestamp.TryParse(text, out Timestamp back) && back == time, $"seed {seed}: {text}");
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$", text);
            // The framework knows 100 ns; the last two digits are ours.
            DateTime twin = DateTime.UnixEpoch.AddTicks((long)FloorDiv(time.Nanos, 100));
            Assert.True(text[..^3] == twin.ToString("yyyy-MM-ddTHH:mm:ss.fffffff"), $"seed {seed}: {text}");
            Assert.Equal(int.Parse(twin.ToString("yyyyMMdd")), time.DateUtc());
        }
    }

    [Fact]
    public void A_zone_shifts_the_moment()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            Timestamp time = new(random.NextInt64(0, 4_000_000_000) * 1_000_000_000);
            int minutes = random.Next(-1439, 1440);
            DateTimeOffset there = new DateTimeOffset(DateTime.UnixEpoch.AddSeconds(time.Nanos / 1_000_000_000)).AddMinutes(minutes);
            string text = $"{there:yyyy-MM-ddTHH:mm:ss}{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}:{Math.Abs(minutes) % 60:00}";
            Assert.True(Timestamp.TryParse(text, out Timestamp read) && read == time, $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_never_thrown_at()
    {
        const string sample = "2024-02-29T12:30:45.123456789+01:30";
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            char[] text = sample.ToCharArray()[..random.Next(sample.Length + 1)];
            for (int changes = random.Next(4); changes > 0 && text.Length > 0; changes--) text[random.Next(text.Length)] = "0123456789-+:.TZ é"[random.Next(18)];
            if (Timestamp.TryParse(text, out Timestamp time)) Assert.True(Timestamp.TryParse(time.ToString(), out Timestamp back) && back == time, $"seed {seed}: {new string(text)}");
        }
    }

    [Fact]
    public void Adding_and_subtracting_saturate()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            Timestamp time = ATime(random), other = ATime(random);
            Duration duration = new(ATime(random).Nanos);
            Assert.True((time + duration).Nanos == Clamp((BigInteger)time.Nanos + duration.Nanos, long.MaxValue - 1), $"seed {seed}");
            Assert.True((time - other).Nanos == Clamp((BigInteger)time.Nanos - other.Nanos, long.MaxValue), $"seed {seed}");
            Assert.Equal(Math.Max(time.Nanos, other.Nanos), Timestamp.Max(time, other).Nanos);
            Assert.Equal(Math.Min(time.Nanos, other.Nanos), Timestamp.Min(time, other).Nanos);
        }
    }

    [Fact]
    public void A_far_future_stays_a_time_and_no_time_stays_none()
    {
        Timestamp last = new(long.MaxValue - 1);
        Assert.Equal(last, last + new Duration(1));
        Assert.Equal(last, last + new Duration(long.MaxValue));
        Assert.Equal(Timestamp.None, Timestamp.None + new Duration(-1));
        Assert.Equal(Timestamp.None, Timestamp.None + Duration.Zero);
    }

    [Fact]
    public void None_is_after_everything_and_written_as_nothing()
    {
        Assert.Equal("", Timestamp.None.ToString());
        Assert.True(Timestamp.None > new Timestamp(long.MaxValue - 1));
    }

    private static long Clamp(BigInteger value, long max) => (long)BigInteger.Clamp(value, long.MinValue, max);

    private static BigInteger FloorDiv(BigInteger value, long by) => (value - ((value % by + by) % by)) / by;

    private static Timestamp ATime(Random random) => new((random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)) is long.MaxValue ? 0 : random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
}
