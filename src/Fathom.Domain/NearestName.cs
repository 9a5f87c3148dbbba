namespace Fathom.Domain;

/// <summary>What somebody probably meant: the known name with the fewest typing errors.</summary>
public static class NearestName
{
    /// <summary>The nearest name, or null when none is near: at most two errors, and fewer than half of the letters. Ties go to the first.</summary>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int errorsMin = Math.Min(2, (typed.Length - 1) / 2) + 1;
        foreach (string name in names)
        {
            int errors = CountErrors(typed, name);
            if (errors >= errorsMin) continue;
            (nearest, errorsMin) = (name, errors);
        }
        return nearest;
    }

    /// <summary>Letters inserted, left out, changed, or swapped with their neighbour; capitals do not count.</summary>
    /// <remarks>Source: optimal string alignment distance (Damerau 1964), three rows of the table at a time.</remarks>
    private static int CountErrors(string typed, string name)
    {
        if (Math.Abs(typed.Length - name.Length) > 2 || name.Length > 256) return int.MaxValue;      // further than anything that is suggested
        int[] before = [], last = new int[name.Length + 1];
        for (int j = 0; j <= name.Length; j++) last[j] = j;
        for (int i = 1; i <= typed.Length; i++)
        {
            int[] row = new int[name.Length + 1];
            row[0] = i;
            for (int j = 1; j <= name.Length; j++)
            {
                int change = last[j - 1] + (Same(typed[i - 1], name[j - 1]) ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(typed[i - 1], name[j - 2]) && Same(typed[i - 2], name[j - 1])) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last) = (last, row);
        }
        return last[name.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
