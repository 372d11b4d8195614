"""What the desk must hear of: short lines people would say, and lines about everything else."""
